import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// What the program begins with: presets, the start page, the tour, the demo.
  @Suite struct StartTests {
    @Test("A preset stands for a configuration in commands, with keys set on top of it")
    func preset() async throws {
      let outcome = try await BuiltProgram.run([
        "train", "--preset", "one-bump", "--set", "network.hidden=[4]", "--set", "probe.points=64",
        "--set", "sampler.count=10", "--set", "sampler.steps=4", "--steps", "2", "--plain",
      ])
      #expect(outcome.status == 0 && outcome.outputText.contains("done: 2 steps"))
      let wrong = try await BuiltProgram.run(["train", "--preset", "one-bmp", "--steps", "2"])
      #expect(wrong.status == 2 && wrong.errorLines.count == 1)
      #expect(wrong.errorText.contains("did you mean one-bump?"))
      let both = try await BuiltProgram.run(["train", "sf:seed=3", "--preset", "ring"])
      #expect(both.status == 2 && both.errorText.contains("leave out the file or the code"))
    }

    @Test(
      "Presets of the program and of a folder are listed, and a faulty file is named; so are terms")
    func list() async throws {
      let folder = try TemporaryFolder()
      try folder.write(
        "name: mine\ntitle: Mine\nsummary: It is mine.\nrun: {seed: 9}\n", to: "mine.yaml")
      try folder.write("name: bad\ntitle: B\nsummary: S.\nrun: {sede: 9}\n", to: "other.yaml")
      let environment = ["SCOREFIELD_PRESETS": folder.path]
      let outcome = try await BuiltProgram.run(
        ["list", "presets"], environment: environment, in: folder)
      #expect(outcome.status == 0 && outcome.outputLines.first == "  one-bump")
      #expect(outcome.outputText.contains("  mine\n      It is mine.\n      My own\n"))
      #expect(outcome.outputLines.last?.contains("other.yaml:4: run.sede") == true)
      let terms = try await BuiltProgram.run(["list", "terms"])
      #expect(terms.outputText.contains("  D_delta\n      D_delta is a quantile"))
    }

    @Test("--preset opens the workbench on what the preset is about, and Q lists presets")
    func opens() async throws {
      try await TmuxSession.with(TmuxSession.Setting()) { session in
        let screen = try await session.open("--preset spiral")
        #expect(screen.header.contains("spiral"))
        try await session.press("4", "z", expecting: "the arrows") { $0.contains("s_hat, learned") }
        try await session.press("Q", expecting: "the presets") { $0.contains("First steps") }
        try await session.press("Enter", expecting: "the first preset") {
          $0.header.contains("gaussian_mixture")
        }
        try await session.press("q")
        try await session.waitForPrompt()
      }
    }

    @Test("A drawing that is kept is in the start page at once, and opens the next start")
    func keepsDrawing() async throws {
      let home = try TemporaryFolder()
      var setting = TmuxSession.Setting()
      setting.environment = ["XDG_CONFIG_HOME": home.path]
      try await TmuxSession.with(setting) { session in
        try await session.open()
        try await session.press("V", "s", expecting: "the spiral") { $0.contains("1 stroke") }
        try await session.press("k", "my-curl", "Enter", expecting: "what was kept") {
          $0.contains("kept as preset my-curl")
        }
        try await session.press("V", "Q", "End", expecting: "the preset") { $0.contains("my-curl") }
        try await session.press("q")
        try await session.waitForPrompt()
        try await session.enter("clear")
        let screen = try await session.open("--preset my-curl")
        #expect(screen.header.contains("gaussian_mixture"))
        try await session.press("q")
        try await session.waitForPrompt()
      }
      let list = try await BuiltProgram.run(
        ["list", "presets"], environment: ["XDG_CONFIG_HOME": home.path])
      #expect(list.outputText.contains("  my-curl\n      Drawn by hand: a mixture of "))
    }

    @Test(
      "The first start without arguments opens the tour behind its first frame, the second does not"
    )
    func tour() async throws {
      var setting = TmuxSession.Setting()
      setting.environment = ["SCOREFIELD_TOUR": "on"]
      try await TmuxSession.with(setting) { session in
        // With an argument nobody is shown around.
        try await session.open("open")
        try await session.press("q")
        try await session.waitForPrompt()
        try await session.open()
        try await session.wait("the tour") { $0.header.contains("lesson 0, step 1 of 6") }
        try await session.press("Escape", expecting: "the workbench") { $0.contains("Setup") }
        try await session.press("q")
        try await session.waitForPrompt()
        try await session.enter("clear")
        let screen = try await session.open()
        #expect(!screen.header.contains("lesson"))
        try await session.press("2", expecting: "its own keys") { !$0.header.contains("lesson") }
        try await session.press("q")
        try await session.waitForPrompt()
      }
    }

    @Test("The demo plays with a sentence, any key leaves it, and nothing is printed at its end")
    func demo() async throws {
      try await TmuxSession.with(TmuxSession.Setting()) { session in
        try await session.enter("\(BuiltProgram.path()) demo")
        try await session.wait("the first scene") {
          $0.contains("A small network learns") && $0.contains("leave, as any other key does")
        }
        try await session.press("Right", expecting: "the second scene") {
          $0.contains("the slope of the log density")
        }
        try await session.press("x", expecting: "the workbench") { $0.contains("the demo is left") }
        try await session.press("q")
        try await session.waitForPrompt()
        let screen = try await session.screen()
        #expect(!screen.contains("scorefield train"))
      }
    }
  }
}
