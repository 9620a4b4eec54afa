import ScoreCore
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// Choosing what cannot do without a file or a list asks for it first.
@Suite struct PendingChoiceTests {
  private static var index: Int {
    get throws {
      try #require(DistributionCatalog.all.firstIndex { $0.name == "points" })
    }
  }

  /// The state after `points` was chosen from the list.
  private func choosing() throws -> (state: WorkbenchState, effects: [Effect]) {
    var state = try Fixture.state()
    state.selectedRow = "distribution.kind"
    state.press(.enter, .home)
    for _ in 0..<(try Self.index) { state.press(.down) }
    let effects = state.press(.enter)
    return (state, effects)
  }

  @Test("It opens an editor, names what is missing, and changes nothing yet")
  func asks() throws {
    let (state, effects) = try choosing()
    #expect(effects.isEmpty)
    #expect(state.run.configuration.distribution.kind == "two_moons")
    #expect(state.editor?.field.path == "distribution.file" && state.editor?.text == "")
    #expect(state.notice?.text.contains("points needs a file") == true)
    // The editor stands in a row of its own beneath the name of the distribution.
    let lines = state.screen.lines
    let cursor = try #require(state.screen.cursor)
    #expect(lines[cursor.y].contains("file"))
    #expect(lines[cursor.y - 1].contains("distribution   points"))
    #expect(!lines.joined().contains("noise        "))
  }

  @Test("Esc keeps the distribution; an arrow asks too")
  func leaves() throws {
    var (state, _) = try choosing()
    #expect(state.press(.escape).isEmpty)
    #expect(state.editor == nil && state.notice == nil)
    let before = DistributionCatalog.all[try Self.index - 1].name
    state.run.configuration = try state.run.configuration.setting(["distribution.kind=\(before)"])
    state.press(.right)
    #expect(state.editor?.field.path == "distribution.file")
    #expect(state.run.configuration.distribution.kind == before)
  }

  @Test(
    "Enter sets distribution and file together, whatever the name looks like",
    arguments: ["my.csv", "12", "true", "it's: {odd}, #1.csv", "a\"b\\c.npy", "null", "- x"])
  func sets(name: String) throws {
    var (state, _) = try choosing()
    state.type(name)
    let effects = state.press(.enter)
    #expect(state.run.configuration.distribution.kind == "points")
    #expect(state.run.configuration.distribution.parameters["file"] == .text(name))
    #expect(effects == [.send(.configure(state.run.configuration))])
    // Typed again in its own row, it is quoted the same way.
    state.selectedRow = "distribution.file"
    state.press(.enter)
    #expect(state.editor?.text == name)
    state.press(.end)
    state.type("x")
    state.press(.enter)
    #expect(state.run.configuration.distribution.parameters["file"] == .text(name + "x"))
  }

  @Test("A file that the session cannot read opens the editor again, with its name to be mended")
  func refusedFile() throws {
    var (state, _) = try choosing()
    let old = try #require(state.run.snapshot)
    state.type("my.cs")
    state.press(.enter)
    #expect(state.editor == nil)
    state.receive(old, problem: "my.cs: No such file or directory")
    #expect(state.notice?.text == "my.cs: No such file or directory")
    #expect(state.editor?.text == "my.cs" && state.editor?.pending?.name == "points")
    #expect(state.run.configuration == old.configuration && state.screen.cursor != nil)
    // A key is typed, not obeyed.
    state.press(.character("q"), .backspace, .character("v"))
    #expect(state.isRunning)
    state.press(.enter)
    #expect(state.run.configuration.distribution.parameters["file"] == .text("my.csv"))
    // Messages without a problem leave it closed.
    state.receive(nil)
    #expect(state.editor == nil)
  }

  @Test("Who has moved on is not called back to a refused file")
  func movedOn() throws {
    for key in [Key.tab, .character("?"), .down] {
      var (state, _) = try choosing()
      let old = try #require(state.run.snapshot)
      state.type("my.cs")
      state.press(.enter, key)
      // Down opens nothing and leaves the pane focused.
      state.receive(old, problem: "no")
      #expect((state.editor == nil) == (key != .down))
    }
  }

  @Test("A grid whose times must be listed asks for them, and they can be typed again")
  func lists() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    state.selectedRow = "sampler.grid"
    state.run.configuration = try state.run.configuration.setting(
      ["sampler.grid=\(TimeGridCatalog.all[0].name)"])
    let before = state.run.configuration
    let index = try #require(TimeGridCatalog.all.firstIndex { $0.name == "given" })
    state.press(.enter)
    for _ in 0..<index { state.press(.down) }
    #expect(state.press(.enter).isEmpty)
    #expect(state.editor?.field.path == "sampler.times" && state.run.configuration == before)
    #expect(state.notice?.text.contains("given needs times") == true)
    #expect(state.screen.lines.contains { $0.contains("time grid      given") })
    state.type("[7]")
    #expect(state.press(.enter).isEmpty)
    #expect(state.notice?.text.contains("from the stop") == true)
    state.press(.backspace, .backspace)
    state.type("2, 0.5]")
    let effects = state.press(.enter)
    #expect(effects == [.send(.configure(state.run.configuration))])
    #expect(state.run.configuration.text(at: "sampler.times") == "[2, 0.5]")
    state.selectedRow = "sampler.times"
    state.press(.enter)
    #expect(state.editor?.text == "[2, 0.5]")
  }

  @Test("Control characters do not get into the name")
  func controlCharacter() throws {
    var (state, _) = try choosing()
    state.type("a\u{1B}[2J.csv")
    #expect(state.editor?.text == "a[2J.csv")
  }
}
