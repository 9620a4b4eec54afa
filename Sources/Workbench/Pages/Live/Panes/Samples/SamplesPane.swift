import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// Samples of the learned reverse process next to noised data, at any time of the pass; the ways of
/// single particles; and the score that drives them.
struct SamplesPane: Pane {
  let title = "Samples"
  let hasPlots = true

  var commands: [Command] { Self.commands }

  func note(_ state: WorkbenchState) -> String {
    guard let snapshot = state.run.snapshot else { return "" }
    if state.live.colorsErrors, let errors = snapshot.sampleErrors {
      let time = errors.frame(nearestTo: state.shownFrame).errors.time
      return
        "t \(NumberText.short(time, digits: 2)), errors of step \(NumberText.short(Double(errors.step)))"
    }
    switch state.live.sampleView {
    case .scatter, .density, .matrix, .pictures, .nearest:
      guard let pass = snapshot.samples else { return "" }
      return note(time: pass.trajectories.times, of: state, step: pass.step)
    case .trajectories, .denoising:
      guard let walks = snapshot.walks, let times = walks.ways.first?.learned.times else {
        return ""
      }
      return note(time: times, of: state, step: walks.step)
    case .score:
      guard
        let frame = snapshot.exactField?.frame(
          nearestTo: state.shownFrame, isEnd: state.isAtDataEnd)
      else { return "" }
      let step = snapshot.learnedField?.frame(of: frame.place)?.step
      return note(time: [frame.place.time], of: state, step: step)
    }
  }

  /// The time at the cursor, and whose weights are shown.
  private func note(time times: [Double], of state: WorkbenchState, step: Int?) -> String {
    let time = NumberText.short(times[min(state.shownFrame, times.count - 1)], digits: 2)
    return "t \(time)" + (step.map { ", step \(NumberText.short(Double($0)))" } ?? "")
  }

  func measurements(_ state: WorkbenchState) -> [any Measurement.Type] {
    var shown: [any Measurement.Type] = [NoisedDataMeasurement.self]
    if Self.showsMetrics(state) { shown.append(SampleMetricsMeasurement.self) }
    if state.live.colorsErrors {
      return shown + [SamplesMeasurement.self, SampleErrorsMeasurement.self]
        + components(state)
    }
    switch state.live.sampleView {
    case .scatter, .density, .matrix:
      return shown + [SamplesMeasurement.self] + components(state)
        + (state.live.showsExactScoreRun ? [ExactScoreRunMeasurement.self] : [])
    case .pictures, .nearest:
      return shown + [SamplesMeasurement.self, NearestImagesMeasurement.self]
    // The samples say whether there are classes.
    case .denoising: return shown + [SamplesMeasurement.self, WalksMeasurement.self]
    case .trajectories:
      return shown + [WalksMeasurement.self] + components(state)
        + (state.live.placed == nil ? [] : [PlacedWalksMeasurement.self])
    case .score:
      let isFlowShown =
        state.live.scoreUnderlay == .learnedDensity || state.run.snapshot?.dimension == 1
      return shown + [ExactFieldMeasurement.self, LearnedFieldMeasurement.self]
        + (isFlowShown ? [LearnedDensityMeasurement.self] : [])
    }
  }

  private func components(_ state: WorkbenchState) -> [any Measurement.Type] {
    state.showsComponents ? [PrincipalComponentsMeasurement.self] : []
  }

  func sampleMetrics(_ state: WorkbenchState) -> [String]? { state.live.metrics }

  /// The crosshair, where there is one over a plane.
  func focalPoint(_ state: WorkbenchState) -> (x: Double, y: Double)? {
    guard let place = state.live.crosshair, place.count == 2,
      let frame = state.run.snapshot?.coordinates
    else { return nil }
    return (frame.userUnits(place[0], axis: 0), frame.userUnits(place[1], axis: 1))
  }

  func placedParticle(_ state: WorkbenchState) -> PlacedParticle? { state.live.placed }
}
