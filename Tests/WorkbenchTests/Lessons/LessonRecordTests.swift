import Lessons
import ScoreCore
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// What was done at the screen becomes a lesson.
@Suite struct LessonRecordTests {
  private func recorded(_ state: inout WorkbenchState, _ line: String) throws -> Export {
    let effects = state.carryOut(line: line)
    guard case .export(let export)? = effects.first, effects.count == 1 else {
      throw LineError(message: state.notice?.text ?? "nothing was written")
    }
    return export
  }

  private func text(_ export: Export) throws -> String {
    guard case .bytes(let bytes) = export.content else {
      throw LineError(message: "no text was written")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func lesson(_ export: Export) throws -> Lesson {
    try LessonReader.read(try text(export), file: export.path)
  }

  /// The snapshot of a run that has taken so many steps.
  private func train(_ state: inout WorkbenchState, to step: Int) throws {
    var snapshot = try Fixture.snapshot(dimension: 2)
    snapshot.configuration = state.run.configuration
    snapshot.progress.step = step
    state.receive(snapshot)
  }

  @Test("A change of the run, what was tried live and the picture are steps that pass the check")
  func steps() throws {
    var state = try Fixture.state()
    try train(&state, to: 100)
    state.press(.character("v"), .character("v"), .character("g"))
    _ = state.carryOut(line: "set optimizer.learning_rate=0.02")
    try train(&state, to: 250)
    _ = state.carryOut(line: "set distribution.kind=circle")
    try train(&state, to: 70)
    let export = try recorded(&state, "lesson_record out/mine.md")
    #expect(export.path == "out/mine.md" && !export.replaces)
    let lesson = try lesson(export)
    #expect(lesson.name == "mine" && LessonFit.problems(of: lesson) == [])
    #expect(lesson.steps.map(\.trainingSteps) == [100, 250, 70])
    #expect(lesson.steps[0].picture.view == .score)
    #expect(lesson.steps[1].attempt == ["optimizer.learning_rate=0.02"])
    #expect(lesson.steps[2].configuration == state.run.configuration)
    let text = try text(export)
    #expect(text.contains("# done: samples.view x2, samples.arrows\n"))
    #expect(text.contains("# done: set distribution.kind=circle\n"))
  }

  @Test(
    "Values that are typed, chosen from a list or come with a preset are steps with their names")
  func setOtherwise() throws {
    var state = try Fixture.state()
    try train(&state, to: 100)
    state.selectedRow = "optimizer.learning_rate"
    state.press(.enter, .control("u"))
    state.type("0.02")
    state.press(.enter)
    try train(&state, to: 250)
    state.selectedRow = "distribution.kind"
    state.press(.enter)
    state.type("circle")
    state.press(.enter)
    try train(&state, to: 70)
    _ = state.carryOut(line: "preset spiral")
    let export = try recorded(&state, "lesson_record mine.md")
    let lesson = try lesson(export)
    #expect(lesson.steps.count == 4)
    #expect(lesson.steps[1].attempt == ["optimizer.learning_rate=0.02"])
    #expect(lesson.steps[2].configuration.distribution.kind == "circle")
    #expect(lesson.steps[3].configuration == state.run.configuration)
    let text = try text(export)
    for words in [
      "set optimizer.learning_rate=0.02", "set distribution.kind=circle", "preset spiral",
    ] {
      #expect(text.contains("# done: \(words)\n"), "\(words)")
    }
  }

  @Test("A change of the run that is no command's has a step of its own")
  func unnoted() throws {
    var state = try Fixture.state()
    try train(&state, to: 100)
    state.press(.character("v"))
    state.run.configuration = try state.run.configuration.setting([
      "optimizer.learning_rate=0.02"
    ])
    try train(&state, to: 200)
    let lesson = try lesson(try recorded(&state, "lesson_record a.md"))
    #expect(lesson.steps.map(\.trainingSteps) == [100, 200])
    #expect(lesson.steps[1].attempt == ["optimizer.learning_rate=0.02"])
  }

  @Test("A restart begins a step of its own, also with the same settings")
  func restart() throws {
    var state = try Fixture.state()
    try train(&state, to: 30)
    state.press(.character("r"))
    try train(&state, to: 20)
    let lesson = try lesson(try recorded(&state, "lesson_record! a.md"))
    #expect(lesson.steps.map(\.isFresh) == [false, true])
    #expect(lesson.steps.map(\.trainingSteps) == [30, 20])
  }

  @Test("Help, lists and what only looks leave no step; the file's name and the data are checked")
  func refusals() throws {
    var state = try Fixture.state()
    state.press(.character("?"), .escape, .character(":"), .escape)
    for line in ["lesson_record a.md", "lesson_record", "lesson_record a.txt"] {
      #expect(state.carryOut(line: line).isEmpty && state.notice?.role == .error, "\(line)")
    }
    state.run.configuration.distribution = DistributionConfiguration(
      kind: "points", parameters: ["file": .text("my.csv")])
    state.press(.character("v"))
    #expect(state.carryOut(line: "lesson_record a.md").isEmpty)
    #expect(state.notice?.text.contains("reads no file") == true)
  }
}
