import ScoreCore
import TermPlot
import Testing

@testable import ScoreLab
@testable import Workbench

/// The views of the network by noise level: tangent kernel, features and gradients.
@Suite struct NetworkViewTests {
  /// A short run with all three measured.
  private func state(_ view: LossView, _ edits: String...) throws -> WorkbenchState {
    var state = try Fixture.state(columns: 160, rows: 48, marks: .ascii)
    var session = try Session(
      configuration: try RunConfiguration().setting(
        ["network.hidden=[16]", "probe.points=64", "probe.levels=4"] + edits),
      dataSource: DataFile(), threads: 1)
    session.show(
      MeasurementRequest([
        TangentRankMeasurement.self, FeatureLevelMeasurement.self, GradientLevelMeasurement.self,
        LevelLossesMeasurement.self,
      ]))
    for _ in 0..<20 { _ = session.trainStep() }
    while !session.isMeasured { session.measure() }
    let found = session.measurements
    state.run.snapshot?.measurements[TangentRankMeasurement.self].value = found.tangentRanks
    state.run.snapshot?.measurements[FeatureLevelMeasurement.self].value = found.featureLevels
    state.run.snapshot?.measurements[GradientLevelMeasurement.self].value = found.gradientLevels
    state.run.snapshot?.measurements[LevelLossesMeasurement.self].value = found.levelLosses
    state.live.lossView = view
    state.live.levelIndex = 1
    return state
  }

  private func text(_ state: WorkbenchState, rows: Int = 30) -> String {
    var canvas = Canvas(size: Size(columns: 90, rows: rows))
    LossPane().draw(state, into: &canvas, in: canvas.bounds)
    return canvas.lines.joined(separator: "\n")
  }

  @Test(
    "Each view has its numbers, its null, a term for every label, and asks for what it draws",
    arguments: [
      (LossView.kernel, ["rank ", "of 16", "at first weights"]),
      (.features, ["2 axes", "2 parts told", "permuted", "by noisy points"]),
      (.gradients, ["spread ", "without the floor", "of the spread's square"]),
    ])
  func views(view: LossView, words: [String]) throws {
    let state = try state(view)
    for word in words { #expect(text(state).contains(word), "\(word)") }
    let spoken = try #require(LossPane().words(state)).joined(separator: " ")
    for word in words { #expect(spoken.contains(word), "\(word)") }
    #expect(LossPane().note(state).contains("by noise level, step 20"))
    var canvas = Canvas(size: Size(columns: 90, rows: 40))
    LossPane().draw(state, into: &canvas, in: canvas.bounds)
    let labels = Set(canvas.plots.flatMap(\.labels))
    #expect(!labels.isEmpty)
    for label in labels.sorted() {
      #expect(!Glossary.terms(ofLabel: label).isEmpty, "\(label)")
    }
  }

  @Test("What cannot be measured is one sentence")
  func obstacles() throws {
    #expect(
      text(try state(.features, "network.kind=linear")).hasPrefix("a network without hidden layers")
    )
    #expect(
      text(try state(.gradients, "objective.huber_length=1")).hasPrefix("the loss is Huber's"))
    #expect(
      text(try state(.features, "distribution.kind=laplace")).contains("no parts to tell apart"))
  }
}
