import Testing

extension EndToEnd {
  /// A terminal that takes no bytes, such as one behind a dead connection.
  @Suite struct StalledTerminalTests {
    @Test("Keys are handled and the program ends while the terminal reads nothing")
    func quits() async throws {
      let terminal = try PseudoTerminal(columns: 200, rows: 60)
      let process = try terminal.start()
      try await terminal.waitUntilFull()
      terminal.type("q")
      try await waitUntil("the program has ended") { process.status != nil }
      #expect(process.status == 0)
    }

    @Test func drawsAgainWhenTheTerminalReadsAgain() async throws {
      let terminal = try PseudoTerminal(columns: 80, rows: 24)
      let process = try terminal.start()
      try await terminal.waitUntilFull()
      terminal.type("?")
      // Help covers the panes only if the key was handled and a whole frame followed.
      var text: [UInt8] = []
      try await waitUntil("the help that was asked for meanwhile") {
        text += terminal.read()
        return String(decoding: text, as: UTF8.self).contains("watch.")
      }
      terminal.type("\u{3}")
      try await waitUntil("the program has ended") {
        text = terminal.read()
        return process.status != nil
      }
      #expect(process.status == 0)
    }
  }
}
