import TermPlot
import Testing

@testable import ScoreCore
@testable import ScoreLab
@testable import Workbench

/// Overfitting is seen: the best held-out step, the newest held-out loss, and the training points.
@Suite struct OverfittingTests {
  private func loss(_ state: WorkbenchState, columns: Int = 80, rows: Int = 20) -> [String] {
    var canvas = Canvas(size: Size(columns: columns, rows: rows))
    LossPane().draw(state, into: &canvas, in: canvas.bounds)
    return canvas.lines
  }

  private func state(excess: [Double]) throws -> WorkbenchState {
    var state = try Fixture.state(marks: .ascii)
    state.run.snapshot?.measurements[HeldOutMeasurement.self].value = excess.enumerated().map {
      HeldOutPoint(step: 400 * ($0.offset + 1), excess: $0.element)
    }
    return state
  }

  @Test("The least held-out loss is marked at its step, and not before there are three")
  func best() throws {
    // The floor is 0.75.
    let lines = loss(try state(excess: [0.5, 0.1, 0.2, 0.3]))
    #expect(lines.joined().contains("best held-out 0.85"))
    #expect(!loss(try state(excess: [0.5, 0.1])).joined().contains("best"))
  }

  @Test(
    "A held-out loss a little above the curve widens the axis, one far above is named at the edge")
  func newest() throws {
    let near = loss(try state(excess: [0.2, 0.1, 0.45])).joined(separator: "\n")
    #expect(!near.contains("^") && near.contains("o"))
    let far = loss(try state(excess: [0.2, 0.1, 11.25]))
    #expect(far.joined().contains("held-out 12 ^"))
    // Of a held-out loss beyond the edge the curve keeps its room.
    #expect(far.joined().contains("smoothed"))
  }

  @Test("The floor is in view, or named at the edge with its value")
  func floor() throws {
    var state = try state(excess: [0.2, 0.1, 0.1])
    state.run.snapshot?.measurements[FloorMeasurement.self].value = BayesFloor(
      value: -9, error: 0.001, method: .monteCarlo(draws: 4096))
    #expect(loss(state).joined().contains("floor -9 v"))
    state.run.snapshot?.measurements[FloorMeasurement.self].value = BayesFloor(
      value: 0.7, error: 0.001, method: .monteCarlo(draws: 4096))
    #expect(loss(state).joined().contains("floor 0.7"))
    #expect(!loss(state).joined().contains("floor 0.7 v"))
  }

  @Test("Every edit is named at its step while there is room, and the last always")
  func edits() throws {
    var state = try state(excess: [])
    func edit(_ steps: Int...) {
      state.run.snapshot?.curve.edits = steps.enumerated().map {
        EditMark(step: $0.element, label: "learning_rate 0.001 -> 0.00\($0.offset + 2)")
      }
    }
    edit(500, 1500, 3000)
    for name in ["vrate 0.002", "vrate 0.003", "vrate 0.004"] {
      #expect(loss(state).joined(separator: "\n").contains(name), "\(name)")
    }
    edit(3900, 3910, 3920, 3930, 3940, 3950, 3960)
    for (columns, rows) in [(80, 20), (40, 9), (30, 7)] {
      let lines = loss(state, columns: columns, rows: rows).joined(separator: "\n")
      #expect(lines.contains("0.008"), "\(columns)x\(rows)")
    }
    state.run.snapshot?.curve.edits = [
      EditMark(step: 1000, label: "batch 256 -> 512, steps 8 -> 9")
    ]
    #expect(loss(state).joined().contains("batch 512 +1"))
  }

  @Test("The points of a small training set are drawn at the data end, over samples and score")
  func trainingPoints() throws {
    var state = try Fixture.state(columns: 100)
    state.run.snapshot?.data.trainingPoints = Points(rows: [[0, 0], [1, 1], [-1, 0.5]])
    func pane() -> String {
      var canvas = Canvas(size: Size(columns: 90, rows: 20))
      SamplesPane().draw(state, into: &canvas, in: canvas.bounds)
      return canvas.lines.joined(separator: "\n")
    }
    #expect(pane().contains("3 training points"))
    state.press(.character("g"), .character("g"), .character("g"))
    #expect(pane().contains("3 training points"))
    state.press(.character(","))
    #expect(!pane().contains("3 training points"))
  }
}
