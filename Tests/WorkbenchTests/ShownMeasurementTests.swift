import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// The screen asks for the measurements that its panes draw.
@Suite struct ShownMeasurementTests {
  private static let panes: [any Measurement.Type] = [
    FloorMeasurement.self, HeldOutMeasurement.self, ProbeMeasurement.self,
    LevelLossesMeasurement.self, NoisedDataMeasurement.self, SamplesMeasurement.self,
  ]

  private static let errors: [any Measurement.Type] = [
    ProbeMeasurement.self, LevelLossesMeasurement.self,
  ]

  /// What the screen asks for, whichever pane has the focus.
  private func asked(_ state: WorkbenchState) -> MeasurementRequest {
    var request = state.shownMeasurements
    request.putInFront([])
    return request
  }

  @Test("What the focused pane draws is taken more often than the rest")
  func front() throws {
    var state = try Fixture.state()
    state.press(.character("2"))
    #expect(state.shownMeasurements.isInFront(HeldOutMeasurement.self))
    #expect(!state.shownMeasurements.isInFront(SamplesMeasurement.self))
    state.press(.character("4"))
    #expect(!state.shownMeasurements.isInFront(HeldOutMeasurement.self))
    #expect(state.shownMeasurements.isInFront(SamplesMeasurement.self))
  }

  @Test("All panes together want all but what a key brings up")
  func allPanes() throws {
    var state = try Fixture.state()
    #expect(asked(state) == MeasurementRequest(Self.panes))
    state.press(.character("c"))
    #expect(
      asked(state)
        == MeasurementRequest(Self.panes + [SampleErrorsMeasurement.self]))
    state.press(.character("c"), .character("x"))
    #expect(
      asked(state)
        == MeasurementRequest(Self.panes + [ExactScoreRunMeasurement.self]))
  }

  @Test("The score wants its field and no samples, and the learned density only under it")
  func score() throws {
    var state = try Fixture.state()
    state.press(.character("4"), .character("z"), .character("g"))
    let field: [any Measurement.Type] = [
      NoisedDataMeasurement.self, ExactFieldMeasurement.self, LearnedFieldMeasurement.self,
    ]
    #expect(asked(state) == MeasurementRequest(field))
    state.press(.character("G"), .character("G"))
    #expect(state.live.scoreUnderlay == .learnedDensity)
    #expect(
      asked(state) == MeasurementRequest(field + [LearnedDensityMeasurement.self]))
    state.press(.character("v"))
    #expect(
      asked(state)
        == MeasurementRequest([NoisedDataMeasurement.self, SamplesMeasurement.self]))
  }

  @Test("Sample metrics are wanted where they are shown: with M, or on a large screen")
  func sampleMetrics() throws {
    var state = try Fixture.state()
    state.press(.character("M"))
    #expect(
      asked(state)
        == MeasurementRequest(Self.panes + [SampleMetricsMeasurement.self]))
    state.type(":metrics energy,frechet")
    state.press(.enter)
    #expect(state.shownMeasurements.metrics == ["energy", "frechet"])
    state.press(.character("M"))
    #expect(!state.shownMeasurements.contains(SampleMetricsMeasurement.self))
    let large = try Fixture.state(columns: 200, rows: 60)
    #expect(large.shownMeasurements.contains(SampleMetricsMeasurement.self))
  }

  @Test("Components and nearest pictures are wanted while they are drawn")
  func severalCoordinates() throws {
    var state = try Fixture.digits()
    let pair: [any Measurement.Type] = [
      PrincipalComponentsMeasurement.self, NearestImagesMeasurement.self,
    ]
    #expect(pair.allSatisfy { !state.shownMeasurements.contains($0) })
    state.press(.character("A"))
    #expect(state.shownMeasurements.contains(pair[0]))
    state.live.sampleView = .pictures
    #expect(!state.shownMeasurements.contains(pair[0]) && state.shownMeasurements.contains(pair[1]))
    // Pictures have no axes, so they do not wait for components.
    #expect(!state.screen.lines.joined().contains("principal components"))
  }

  @Test("A pane alone wants its own, and pages without the live run want none")
  func alone() throws {
    var state = try Fixture.state()
    state.press(.character("2"), .character("z"))
    #expect(
      asked(state)
        == MeasurementRequest([FloorMeasurement.self, HeldOutMeasurement.self]))
    state.press(.character("3"))
    #expect(asked(state) == MeasurementRequest(Self.errors))
    state.press(.character("b"))
    #expect(
      asked(state)
        == MeasurementRequest(Self.errors + [SampleErrorsMeasurement.self]))
    state.press(.character("b"), .character("b"))
    #expect(
      asked(state)
        == MeasurementRequest(Self.errors + [ErrorPartsMeasurement.self]))
    state.press(.character("z"), .character("e"))
    #expect(asked(state) == .none)
    // The list of experiments is open.
    state.press(.escape, .character("e"))
    #expect(state.shownMeasurements != .none)
    state.send(.resized(Size(columns: 20, rows: 5)))
    #expect(asked(state) == .none)
  }
}
