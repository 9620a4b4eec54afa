import Testing

extension EndToEnd {
  @Suite struct KeyTests {
    @Test func movesTheFocusPausesStepsAndRestarts() async throws {
      try await TmuxSession.with { session in
        try await session.open("--set network.hidden=[16]")
        try await session.press("Tab", expecting: "focus on Loss") { $0.focus == "Loss" }
        try await session.press("4", expecting: "focus on Samples") { $0.focus == "Samples" }
        try await session.press("BTab", expecting: "focus on Error") { $0.focus == "Error" }
        try await session.press("1", expecting: "focus on Setup") { $0.focus == "Setup" }

        try await session.press("Space", expecting: "a pause") { $0.header.contains("paused") }
        // The header answers the key at once; the session a few milliseconds later.
        var still: Int?
        let paused = try await session.wait("steps that stand still") { screen in
          defer { still = screen.step }
          return screen.step == still
        }
        let step = try #require(paused.step)
        try await session.press("s", expecting: "one more step") { $0.step == step + 1 }
        let seed = try #require(paused.number(after: "seed"))
        try await session.press("r", expecting: "a restart") { ($0.step ?? .max) < step }
        try await session.press("R", expecting: "the next seed") {
          $0.number(after: "seed") == seed + 1
        }
      }
    }

    @Test(
      "Mouse reports of a terminal focus a pane, drag a border and press a word of the last row")
    func mouse() async throws {
      func column(of text: String, in line: String) -> Int? {
        line.firstRange(of: text).map { line.distance(from: line.startIndex, to: $0.lowerBound) }
      }
      try await TmuxSession.with { session in
        let screen = try await session.open("--paused --set network.hidden=[16]")
        let error = try #require(column(of: "Error", in: screen.lines[1]))
        try await session.type("\u{1B}[<0;70;20M\u{1B}[<0;70;20m")
        try await session.wait("focus on Samples") { $0.focus == "Samples" }
        // From the last column of the form ten to the right; columns count from 1.
        try await session.type(
          "\u{1B}[<0;38;8M\u{1B}[<32;45;8M\u{1B}[<32;48;8M\u{1B}[<0;48;8m")
        try await session.wait("a wider form") {
          column(of: "Error", in: $0.lines[1]) == error + 10
        }
        let footer = try await session.screen().footer
        let resume = try #require(column(of: "Space", in: footer))
        try await session.type("\u{1B}[<0;\(resume + 1);24M\u{1B}[<0;\(resume + 1);24m")
        try await session.wait("training") { $0.header.contains("training") }
      }
    }

    @Test("Whoever opens the runs or the theorems' orders begins no run")
    func beginsNoRun() async throws {
      try await TmuxSession.with { session in
        try await session.enter("\(BuiltProgram.path()) --runs --store :memory:")
        let runs = try await session.wait("the list") { $0.header.contains("0 runs") }
        #expect(runs.header.contains("paused"))
      }
      try await TmuxSession.with { session in
        try await session.enter("\(BuiltProgram.path()) --plan")
        try await session.wait("a pause") { $0.header.contains("paused") }
      }
    }

    @Test func zoomsAndHelps() async throws {
      try await TmuxSession.with { session in
        try await session.open("--paused")
        try await session.press("z", expecting: "one pane") { !$0.contains("Samples") }
        try await session.press("Escape", expecting: "all panes") { $0.contains("Samples") }
        try await session.press("?", expecting: "help") { $0.contains("What this page shows") }
        try await session.press("Escape", expecting: "no help") {
          !$0.contains("What this page shows")
        }
      }
    }

    @Test func changesWhatThePanesShow() async throws {
      var setting = TmuxSession.Setting()
      (setting.columns, setting.rows) = (160, 48)
      try await TmuxSession.with(setting) { session in
        try await session.open()
        try await session.wait("a measured error") { $0.contains("level 5/12") }
        try await session.press("[", expecting: "a lower level") { $0.contains("level 4/12") }
        try await session.press("]", expecting: "the level again") { $0.contains("level 5/12") }
        try await session.press("d", expecting: "a smaller delta") { $0.contains("D_0.02 ") }
        try await session.press("D", expecting: "delta again") { $0.contains("D_0.05 ") }
        try await session.wait("samples") { $0.contains("learned") }
        try await session.press("x", expecting: "the exact-score run") {
          $0.contains("exact-score run")
        }
        try await session.press("v", expecting: "a density") { $0.contains("points a field") }
        try await session.press(",", expecting: "an earlier time") { !$0.contains("t 0.001,") }
        try await session.press(">", expecting: "the last time") { $0.contains("t 0.001,") }
        try await session.press("v", expecting: "particles") { $0.contains("i follows one") }
        try await session.press("m", expecting: "other marks") { $0.contains("marks: ") }
        // Where no theme is installed the built-in one is the only one, and that is said.
        try await session.press("t", expecting: "another theme, or why there is none") {
          $0.contains("theme: ") || $0.contains("there is no other theme")
        }
        try await session.press("q")
        try await session.waitForPrompt()
        try await session.enter("echo status=$?")
        try await session.wait("status 0") { $0.contains("status=0") }
      }
    }

    @Test func changesTheLearningRateLiveAndTheDistributionByRestart() async throws {
      try await TmuxSession.with { session in
        let first = try await session.open()
        try await session.wait("the learning rate") {
          $0.selectedField?.hasPrefix("learning rate") ?? false
        }
        let live = try await session.press("Right", expecting: "a live change") {
          $0.footer.contains("0.005, live")
        }
        #expect((live.step ?? 0) >= (first.step ?? 0))
        try await session.press("Enter", "C-u")
        try await session.type("fast")
        try await session.press("Enter", expecting: "what is allowed") {
          $0.footer.contains("expected a number")
        }
        try await session.press("Escape", "Down", "Down", "Down", "Down")
        try await session.press("Enter", expecting: "choices") {
          $0.contains("ring_of_gaussians")
        }
        try await session.press("End", "Up", "Enter", expecting: "the other distribution") {
          $0.header.contains("old_faithful")
        }
        try await session.press("4", "z", expecting: "its axes") { $0.contains("eruptions") }
      }
    }

    @Test func stopsADivergingRunAndGoesOnFromTheLastGoodState() async throws {
      try await TmuxSession.with { session in
        try await session.open("--set network.hidden=[32,32]")
        try await session.wait("some training") { ($0.step ?? 0) > 300 }
        try await session.press("Enter", "C-u")
        try await session.type("10")
        let stopped = try await session.press("Enter", expecting: "a divergence") {
          $0.header.contains("diverged")
        }
        #expect(!stopped.description.lowercased().contains("nan"))
        let step = try #require(stopped.step)
        #expect(step > 0)
        try await session.press("Enter", "C-u")
        try await session.type("0.001")
        try await session.press("Enter", "Space")
        let later = try await session.wait("training again") {
          $0.header.contains("training") && ($0.step ?? 0) > step + 100
        }
        #expect(!later.description.lowercased().contains("nan"))
      }
    }
  }
}
