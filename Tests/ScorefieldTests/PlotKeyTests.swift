import Testing

extension EndToEnd {
  @Suite struct PlotKeyTests {
    private static var large: TmuxSession.Setting {
      var setting = TmuxSession.Setting()
      (setting.columns, setting.rows) = (160, 48)
      return setting
    }

    @Test func movesAndPlaysTheTimeOfTheSamples() async throws {
      try await TmuxSession.with(PlotKeyTests.large) { session in
        try await session.open("--steps 100 --set network.hidden=[16]")
        try await session.wait("samples at the data end") { $0.title("Samples", shows: "t 0.001,") }
        try await session.press("<", expecting: "the noise end") {
          $0.title("Samples", shows: "t 5,")
        }
        let start = try await session.press(".", expecting: "a later time") {
          !$0.title("Samples", shows: "t 5,")
        }
        #expect(!start.title("Samples", shows: "t 0.001,"))
        try await session.press(",", expecting: "the noise end") {
          $0.title("Samples", shows: "t 5,")
        }
        // No single time is waited for: a busy machine may never show it at the right moment.
        try await session.press("a", expecting: "a later time") {
          !$0.title("Samples", shows: "t 5,")
        }
        var times: [Double] = []
        try await session.wait("the play from its start again") { screen in
          times += screen.time.map { [$0] } ?? []
          return zip(times, times.dropFirst()).contains { $0 < $1 }
        }
        #expect(zip(times, times.dropFirst()).contains { $0 > $1 }, "time runs to the data")
        try await session.press(">", expecting: "the data end") {
          $0.title("Samples", shows: "t 0.001,")
        }
      }
    }

    @Test func turnsToLogarithmicAxesAndASCIIMarksAndBack() async throws {
      try await TmuxSession.with(PlotKeyTests.large) { session in
        try await session.open("--steps 300 --set network.hidden=[16]")
        try await session.wait("the end") { $0.header.contains("step limit") }
        try await session.waitUntilQuiet()
        let linear = try await session.lossPane()
        try await session.press("y")
        try await session.waitForChange(from: linear)
        try await session.press("y")
        try await session.wait("the linear axis again") { LossPaneText.rows(of: $0) == linear }
        try await session.press("m", expecting: "half blocks") { $0.footer.contains("half_block") }
        try await session.press("m", expecting: "ASCII") { $0.footer.contains("ascii") }
        try await session.wait("a screen without braille") { screen in
          screen.description.utf8.allSatisfy { $0 < 0x80 }
        }
      }
    }

    @Test("The score's arrows are drawn in colours over a map, and the program goes on")
    func score() async throws {
      try await TmuxSession.with(PlotKeyTests.large) { session in
        try await session.open("--paused --set network.hidden=[16]")
        try await session.press("g", expecting: "the score") { $0.contains("exact log q_t") }
        try await session.press("G")
        try await session.press("?", expecting: "help") { $0.contains("What this page shows") }
      }
    }

    @Test func ctrlCQuitsFromAnywhereAndGivesTheScreenBack() async throws {
      try await TmuxSession.with { session in
        try await session.enter("echo earlier text")
        try await session.open("--paused")
        try await session.press("?", expecting: "help") { $0.contains("What this page shows") }
        try await session.press("C-c")
        try await session.waitForPrompt()
        let screen = try await session.screen()
        #expect(screen.contains("earlier text"))
        #expect(!screen.contains("Setup"))
        #expect(try await session.value(of: "#{alternate_on}") == "0")
        try await session.enter("echo status=$?")
        try await session.wait("status 0") { $0.contains("status=0") }
      }
    }
  }
}

/// The part of a screen of 160 columns that the Loss pane fills.
private enum LossPaneText {
  static func rows(of screen: Screen) -> [String] {
    guard let top = screen.lines.firstIndex(where: { $0.contains(" Loss ") }) else { return [] }
    return screen.lines.dropFirst(top + 1).prefix(14).map { String($0.dropFirst(36).prefix(60)) }
  }
}

extension TmuxSession {
  fileprivate func lossPane() async throws -> [String] {
    LossPaneText.rows(of: try await screen())
  }

  fileprivate func waitForChange(from pane: [String]) async throws {
    try await wait("another loss pane") { LossPaneText.rows(of: $0) != pane }
  }
}

extension Screen {
  /// Whether the line with a pane's title holds some words.
  fileprivate func title(_ title: String, shows words: String) -> Bool {
    lines.contains { line in
      guard let start = line.firstRange(of: title) else { return false }
      return line[start.upperBound...].contains(words)
    }
  }

  /// The time of the samples in the title of their pane.
  fileprivate var time: Double? {
    lines.lazy.filter { $0.contains("Samples") }
      .compactMap { $0.firstMatch(of: #/ t ([0-9.e-]+),/#).flatMap { Double($0.1) } }.first
  }
}
