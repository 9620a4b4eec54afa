import TermPlot
import Testing

@testable import ScoreLab
@testable import Workbench

/// The live page on the score of someone else.
@Suite struct JudgedScoreTests {
  private static func state(
    _ judged: JudgedScore, change: (inout Snapshot) -> Void = { _ in }
  ) throws -> WorkbenchState {
    var snapshot = try Fixture.snapshot(dimension: 2, status: .judging)
    snapshot.judged = judged
    (snapshot.progress.step, snapshot.progress.stepsPerSecond) = (0, nil)
    snapshot.measurements[HeldOutMeasurement.self].value = [
      HeldOutPoint(step: 0, excess: 0.25, standardError: 0.01)
    ]
    change(&snapshot)
    var state = try Fixture.state(columns: 160, rows: 48)
    state.receive(snapshot)
    return state
  }

  @Test("The Loss pane says what is known in place of a training loss: loss, floor and excess")
  func loss() throws {
    let state = try Self.state(JudgedScore(name: "theirs.npz"))
    let screen = state.screen.lines
    #expect(screen[0].contains("judging theirs.npz") && !screen[0].contains("step"))
    let text = screen.joined(separator: "\n")
    // The floor 0.75 and the excess 0.25; 1.96 standard errors of 0.01.
    for line in [
      "Judged: theirs.npz", "loss         1 ", "Bayes floor  0.75", "excess       0.25 ± 0.02",
    ] {
      #expect(text.contains(line), "\(line)")
    }
    #expect(LossPane().words(state)?.contains { $0.hasPrefix("excess") } == true)
  }

  @Test("What would train says that nothing is trained, and asks the session for nothing")
  func untrained() throws {
    let lines = [
      "run.pause", "run.step", "run.faster", "run.slower", "run.save", "speed 10", "save a",
    ]
    for line in lines {
      var state = try Self.state(JudgedScore(name: "theirs.npz"))
      state.press(.character(":"))
      state.type(line)
      #expect(state.press(.enter).isEmpty, "\(line)")
      #expect(state.notice?.text == LiveRun.untrained, "\(line)")
    }
    let state = try Self.state(JudgedScore(name: "theirs.npz"))
    #expect(!state.footer.contains { $0.contains("step") || $0.contains("resume") })
  }

  @Test("A failure is said once in the footer and stays in the panes")
  func failure() throws {
    let judged = JudgedScore(name: "the score command", problem: "it is gone")
    var state = try Self.state(judged) { $0.measurements = MeasurementResults() }
    #expect(state.notice?.text == "it is gone")
    let lines = state.screen.lines
    #expect(lines.count { $0.contains("! it is gone") } >= 2)
    state.notice = nil
    state.receive(state.run.snapshot)
    #expect(state.notice == nil)
  }
}
