import Testing

extension EndToEnd {
  /// A terminal that takes no bytes, such as one behind a dead connection.
  @Suite struct StalledTerminalTests {
    @Test("Keys are handled and the program ends while the terminal reads nothing")
    func quits() async throws {
      let terminal = try PseudoTerminal(columns: 200, rows: 60)
      let process = try start(on: terminal)
      try await waitUntilFull(terminal)
      terminal.type("q")
      try await waitUntil("the program has ended", within: .seconds(10)) { process.status != nil }
      #expect(process.status == 0)
    }

    @Test func drawsAgainWhenTheTerminalReadsAgain() async throws {
      let terminal = try PseudoTerminal(columns: 80, rows: 24)
      let process = try start(on: terminal)
      try await waitUntilFull(terminal)
      terminal.type("?")
      // Help covers the panes only if the key was handled and a whole frame followed.
      var text: [UInt8] = []
      try await waitUntil("the help that was asked for meanwhile") {
        text += terminal.read()
        return String(decoding: text, as: UTF8.self).contains("Everywhere")
      }
      terminal.type("\u{3}")
      try await waitUntil("the program has ended") {
        text = terminal.read()
        return process.status != nil
      }
      #expect(process.status == 0)
    }

    private func start(on terminal: PseudoTerminal) throws -> ChildProcess {
      try ChildProcess(
        BuiltProgram.path(), [],
        environment: ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"],
        streams: .init(input: terminal.path, output: terminal.path, errors: terminal.path))
    }

    /// Waits until the terminal holds as much as it takes: half a second without one byte more.
    private func waitUntilFull(_ terminal: PseudoTerminal) async throws {
      var before = -1
      try await waitUntil("a full terminal", every: .milliseconds(500)) {
        defer { before = terminal.waitingBytes }
        return before > 1000 && terminal.waitingBytes == before
      }
    }
  }
}
