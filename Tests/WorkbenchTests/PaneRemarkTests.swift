import ScoreCore
import TermPlot
import Testing

@testable import ScoreLab
@testable import Workbench

/// What panes say when what they show is not what it seems.
@Suite struct PaneRemarkTests {
  private func screen(
    columns: Int = 160, rows: Int = 48, focus: Int = 0, _ change: (inout Snapshot) throws -> Void
  ) throws -> String {
    var state = try Fixture.state(columns: columns, rows: rows)
    state.focus = focus
    var snapshot = try Fixture.snapshot(dimension: 2)
    try change(&snapshot)
    state.receive(snapshot)
    return state.screen.lines.joined()
  }

  @Test("A pass that was not finite is reported in the Samples pane until a finite one comes")
  func brokenSamples() throws {
    let dropped = DroppedPass(step: 3990, brokenCount: 12, count: 200)
    let broken = try screen { $0.measurements[SamplesMeasurement.self].dropped = dropped }
    #expect(broken.contains("! last pass not finite: 12 of 200 points; older cloud shown"))
    let first = try screen {
      $0.measurements[SamplesMeasurement.self].dropped = dropped
      $0.measurements[SamplesMeasurement.self].value = nil
    }
    #expect(first.contains("12 of 200 points; no cloud yet"))
    #expect(!(try screen { _ in }.contains("not finite")))
  }

  @Test("Errors that were not finite are reported in the Error pane")
  func brokenErrors() throws {
    let dropped = DroppedPass(step: 3990, brokenCount: 2, count: 6)
    let broken = try screen { $0.measurements[ProbeMeasurement.self].dropped = dropped }
    #expect(broken.contains("! last errors not finite at 2 of 6 levels; older ones shown"))
  }

  @Test("Huber's loss stands next to the exact score's, not next to a floor")
  func huberLoss() throws {
    // The fixture's floor is below the axis.
    let huber = try screen {
      $0.configuration = try $0.configuration.setting(["objective.huber_length=1"])
      $0.measurements[FloorMeasurement.self].value?.value = 0.9
      $0.measurements[FloorMeasurement.self].value?.isLeast = false
    }
    #expect(huber.contains("exact score 0.9") && huber.contains("Huber loss"))
    #expect(huber.contains("exact score's Huber loss 0.9"))
    #expect(huber.contains("= loss - the exact score's"))
    let squared = try screen { $0.measurements[FloorMeasurement.self].value?.value = 0.9 }
    #expect(squared.contains("floor 0.9") && squared.contains("Bayes floor 0.9"))
    #expect(!squared.contains("Huber loss") && !squared.contains("exact score 0.9"))
  }

  @Test("Training at one level is reported in both panes, on small screens too", arguments: [2, 3])
  func oneLevel(focus: Int) throws {
    for (columns, rows) in [(60, 15), (160, 48)] {
      let text = try screen(columns: columns, rows: rows, focus: focus) {
        $0.configuration = try $0.configuration.setting(["objective.levels=fixed"])
      }
      #expect(text.contains("! trained at t 0.1 alone, untrained elsewhere"))
    }
  }
}
