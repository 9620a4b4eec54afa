import TestSupport
import Testing

extension EndToEnd {
  @Suite struct ScreenTests {
    private static let sizes = [(60, 15), (80, 24), (200, 60)]
    private static let titles = ["Setup", "Loss", "Error", "Samples"]

    @Test(arguments: sizes, ["C.UTF-8", "C"])
    func showsEveryPaneOrItsTabAndTrains(size: (Int, Int), locale: String) async throws {
      var setting = TmuxSession.Setting()
      (setting.columns, setting.rows) = size
      setting.locale = locale
      try await TmuxSession.with(setting) { session in
        try await session.recordOutput(to: "bytes")
        let first = try await session.open()
        #expect(first.lines.count == size.1)
        #expect(first.header.contains("two_moons"))
        for title in ScreenTests.titles { #expect(first.contains(title), "\(title)\n\(first)") }
        #expect(first.footer.contains("q quit"))
        let step = try #require(first.step)
        let later = try await session.wait("more training steps") {
          ($0.step ?? 0) > step && $0.header.contains("training")
        }
        let isTabbed = later.lines[1].contains("1 Setup") && later.lines[1].contains("[4 Samples]")
        #expect(isTabbed == (size.0 < 80))
        try await session.press("q")
        try await session.waitForPrompt()
        guard locale == "C" else { return }
        #expect(later.description.utf8.allSatisfy { $0 < 0x80 })
        let bytes = try session.folder.read("bytes")
        #expect(bytes.count > 1000)
        #expect(bytes.allSatisfy { $0 < 0x80 })
      }
    }

    @Test func usesColoursUnlessToldNotTo() async throws {
      for isColourless in [false, true] {
        var setting = TmuxSession.Setting()
        if isColourless { setting.environment["NO_COLOR"] = "1" }
        try await TmuxSession.with(setting) { session in
          try await session.recordOutput(to: "bytes")
          try await session.open("--paused")
          let captured = try await session.colouredScreen()
          #expect(ColourSequences.count(in: captured) == 0 || !isColourless)
          try await session.press("q")
          try await session.waitForPrompt()
          let written = String(decoding: try session.folder.read("bytes"), as: UTF8.self)
          #expect((ColourSequences.count(in: written) == 0) == isColourless)
        }
      }
    }

    /// Entries with 8 colours, with none, and one without a background-colour erase.
    @Test(arguments: ["screen", "xterm", "vt100", "tmux-256color", "linux"])
    func opensOnTerminalsOfManyKinds(term: String) async throws {
      var setting = TmuxSession.Setting()
      setting.term = term
      try await TmuxSession.with(setting) { session in
        let screen = try await session.open("--paused")
        for title in ScreenTests.titles { #expect(screen.contains(title), "\(title)\n\(screen)") }
        try await session.press("q")
        try await session.waitForPrompt()
      }
    }

    @Test func sendsNoColourToATerminalWithoutAny() async throws {
      var setting = TmuxSession.Setting()
      setting.term = "vt100"
      try await TmuxSession.with(setting) { session in
        try await session.open("--paused")
        #expect(ColourSequences.count(in: try await session.colouredScreen()) == 0)
      }
    }

    @Test func saysWhichSizeItNeedsOnATinyTerminal() async throws {
      var setting = TmuxSession.Setting()
      (setting.columns, setting.rows) = (40, 10)
      try await TmuxSession.with(setting) { session in
        try await session.enter("\(BuiltProgram.path())")
        try await session.wait("the size needed and the size found") {
          $0.contains("60x15") && $0.contains("40x10")
        }
        try await session.resize(columns: 80, rows: 24)
        try await session.wait("the whole workbench") { screen in
          ScreenTests.titles.allSatisfy { screen.contains($0) }
        }
      }
    }
  }
}

/// Finds the sequences that choose a colour (ECMA-48 SGR) in what is written to a terminal.
private enum ColourSequences {
  static func count(in text: String) -> Int {
    text.matches(of: /\u{1B}\[([0-9;:]*)m/).count { match in
      match.output.1.split(whereSeparator: { ";:".contains($0) }).compactMap { Int($0) }
        .contains { isColour($0) }
    }
  }

  /// 39 and 49 give the terminal's own colours back, which is no colour.
  private static func isColour(_ code: Int) -> Bool {
    (30...38).contains(code) || (40...48).contains(code) || (90...107).contains(code)
  }
}
