import TestSupport
import Testing

extension EndToEnd {
  /// What a terminal may send besides keys.
  @Suite struct InputTests {
    /// The program on a terminal that the test reads and types at.
    private final class Opened {
      let terminal: PseudoTerminal
      let process: ChildProcess
      private(set) var output: [UInt8] = []

      init(
        columns: UInt16 = 80, rows: UInt16 = 24, environment: [String: String] = [:]
      ) throws {
        terminal = try PseudoTerminal(columns: columns, rows: rows)
        process = try ChildProcess(
          BuiltProgram.path(), ["--paused", "--set", "network.hidden=[16]"],
          environment: [
            "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin",
            "SCOREFIELD_STORE": "off",
          ].merging(environment) { _, given in given },
          streams: .init(input: terminal.path, output: terminal.path, errors: terminal.path))
      }

      var text: String { String(decoding: output, as: UTF8.self) }

      /// Reads what the program writes until it has written a text.
      func wait(for text: String) async throws {
        try await waitUntil("\(text.debugDescription) on the terminal", every: .milliseconds(5)) {
          output += terminal.read()
          return self.text.contains(text) || process.status != nil
        }
        try #require(self.text.contains(text), "ended with \(process.status ?? -1)")
      }

      func forget() { output = [] }

      /// Presses Ctrl-C and waits for the end.
      func interrupt() async throws -> Int32 {
        terminal.type("\u{3}")
        try await waitUntil("the program has ended", every: .milliseconds(5)) {
          output += terminal.read()
          return process.status != nil
        }
        output += terminal.read()
        return try #require(process.status)
      }
    }

    @Test(
      "Bytes that are no characters are ignored, however many come in a row",
      arguments: [("C.UTF-8", [0xE9]), ("C", [0xC3, 0xA9])] as [(String, [UInt8])])
    func undecodable(locale: String, bytes: [UInt8]) async throws {
      let opened = try Opened(environment: ["LC_ALL": locale])
      try await opened.wait(for: "Setup")
      // One read each, as a held key gives.
      for _ in 0..<150 {
        opened.terminal.type(bytes)
        try await Task.sleep(for: .milliseconds(2))
      }
      opened.forget()
      opened.terminal.type([0xC3] + Array("?".utf8))
      try await opened.wait(for: "watch.")
      #expect(try await opened.interrupt() == 0)
    }

    @Test("Pasted text is no keys, and paste is as it was when the terminal is given back")
    func paste() async throws {
      let opened = try Opened()
      try await opened.wait(for: "Setup")
      #expect(opened.text.contains("\u{1B}[?2004h"))
      opened.terminal.type("\u{1B}[200~q\u{3}\u{1A}?\u{1B}[201~")
      try await opened.wait(for: "pasted text")
      #expect(opened.process.status == nil)
      opened.forget()
      #expect(try await opened.interrupt() == 0)
      #expect(opened.text.contains("\u{1B}[?2004l"))
    }

    @Test("While the shell has the terminal, paste is the shell's")
    func suspended() async throws {
      try await TmuxSession.with { session in
        try await session.enter("bind 'set enable-bracketed-paste off'")
        try await session.recordOutput(to: "output")
        try await session.open("--paused")
        try await session.press("C-z", expecting: "the shell") { $0.contains("Stopped") }
        try await session.enter("fg")
        try await session.wait("the workbench again") { $0.header.contains("paused") }
        try await session.press("q")
        try await session.waitForPrompt()
        try await waitUntil("on, off, on and off again") {
          let text = String(decoding: try session.folder.read("output"), as: UTF8.self)
          return text.split(separator: "\u{1B}[?2004").dropFirst().map(\.first) == [
            "h", "l", "h", "l",
          ]
        }
      }
    }

    @Test("A paste of four megabytes takes no memory, in a field or elsewhere")
    func longPaste() async throws {
      let opened = try Opened()
      try await opened.wait(for: "Setup")
      let peak = { (ProcessFacts(id: opened.process.id).children.compactMap(\.peakMemory)).max() }
      var peaks: [Int] = []
      for chunks in [1, 1024] {
        // In a field first, which is the last row's, then where nothing is typed in.
        for text in ["1", "q"] {
          if text == "1" {
            opened.terminal.type("\u{1B}[F\r")
            try await opened.wait(for: "Ctrl-U")
          }
          opened.forget()
          opened.terminal.type("\u{1B}[200~")
          for _ in 0..<chunks { opened.terminal.type(String(repeating: text, count: 4096)) }
          opened.terminal.type("\u{1B}[201~")
          try await opened.wait(for: text == "1" ? "at most 1,000" : "pasted text")
          opened.forget()
          opened.terminal.type(text == "1" ? "\u{1B}" : "\u{1B}[H")
          try await opened.wait(for: "\u{1B}[?2026l")
        }
        peaks.append(try #require(peak()))
      }
      // What the program measures meanwhile takes up to 4 MB; the text and its characters would be 20.
      #expect(peaks[1] - peaks[0] < 10_000, "\(peaks) kB")
      #expect(try await opened.interrupt() == 0)
    }

    @Test(
      "A terminal of an impossible size is drawn on as far as is sensible",
      arguments: [(1, 32_768), (65_535, 1), (65_535, 65_535)] as [(UInt16, UInt16)])
    func sizes(columns: UInt16, rows: UInt16) async throws {
      let opened = try Opened(columns: columns, rows: rows)
      try await opened.wait(for: "\u{1B}[?2026l")
      #expect(try await opened.interrupt() == 0)
    }

    @Test("LINES and COLUMNS may hold anything")
    func sizesInTheEnvironment() async throws {
      let opened = try Opened(environment: ["LINES": "-1", "COLUMNS": "99999999"])
      try await opened.wait(for: "Setup")
      #expect(try await opened.interrupt() == 0)
    }

    @Test("A data file that cannot be read closes the screen again, with one line and status 2")
    func missingData() async throws {
      try await TmuxSession.with { session in
        try await session.enter(
          "\(BuiltProgram.path()) --data missing.csv; echo status=$?")
        let screen = try await session.wait("the status") { $0.contains("status=2") }
        #expect(screen.contains("scorefield: missing.csv: "))
        #expect(try await session.value(of: "#{alternate_on}") == "0")
      }
    }
  }
}
