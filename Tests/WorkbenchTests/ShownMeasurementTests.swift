import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// The screen asks for the measurements that its panes draw.
@Suite struct ShownMeasurementTests {
  private static let panes: [any Measurement.Type] = [
    FloorMeasurement.self, HeldOutMeasurement.self, ProbeMeasurement.self,
    NoisedDataMeasurement.self, SamplesMeasurement.self,
  ]

  @Test("All panes together want all but what a key brings up")
  func allPanes() throws {
    var state = try Fixture.state()
    #expect(state.shownMeasurements == MeasurementRequest(Self.panes))
    state.press(.character("c"), .character("x"))
    #expect(
      state.shownMeasurements
        == MeasurementRequest(Self.panes + [SampleErrorsMeasurement.self]))
    state.press(.character("c"))
    #expect(
      state.shownMeasurements
        == MeasurementRequest(Self.panes + [ExactScoreRunMeasurement.self]))
  }

  @Test("The score wants its field and no samples, and the learned density only under it")
  func score() throws {
    var state = try Fixture.state()
    state.press(.character("4"), .character("z"), .character("g"))
    let field: [any Measurement.Type] = [
      NoisedDataMeasurement.self, ExactFieldMeasurement.self, LearnedFieldMeasurement.self,
    ]
    #expect(state.shownMeasurements == MeasurementRequest(field))
    state.press(.character("G"), .character("G"))
    #expect(state.live.scoreUnderlay == .learnedDensity)
    #expect(
      state.shownMeasurements == MeasurementRequest(field + [LearnedDensityMeasurement.self]))
    state.press(.character("v"))
    #expect(
      state.shownMeasurements
        == MeasurementRequest([NoisedDataMeasurement.self, SamplesMeasurement.self]))
  }

  @Test("A pane alone wants its own, and pages without the live run want none")
  func alone() throws {
    var state = try Fixture.state()
    state.press(.character("2"), .character("z"))
    #expect(
      state.shownMeasurements
        == MeasurementRequest([FloorMeasurement.self, HeldOutMeasurement.self]))
    state.press(.character("3"))
    #expect(state.shownMeasurements == MeasurementRequest([ProbeMeasurement.self]))
    state.press(.character("b"))
    #expect(
      state.shownMeasurements
        == MeasurementRequest([ProbeMeasurement.self, SampleErrorsMeasurement.self]))
    state.press(.character("z"), .character("e"))
    #expect(state.shownMeasurements == .none)
    // The list of experiments is open.
    state.press(.escape, .character("e"))
    #expect(state.shownMeasurements != .none)
    state.send(.resized(Size(columns: 20, rows: 5)))
    #expect(state.shownMeasurements == .none)
  }
}
