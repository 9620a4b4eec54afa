import NumberFormatting
import ScoreCore

extension MeasurementRequest {
  /// What a report of a training step says.
  package static let reported = MeasurementRequest([
    FloorMeasurement.self, HeldOutMeasurement.self, ProbeMeasurement.self,
  ])
}

extension Session {
  /// The numbers of the step that was measured last, by name, for series and tables.
  ///
  /// Those of a noise level have its time behind a slash. What is unknown is NaN.
  package var reportedNumbers: [SeriesFile.Value] {
    let floor = measurements.floor
    // The least Huber loss is not known, only that it is at most the exact score's.
    let least = floor.flatMap { $0.isLeast ? $0.value : nil } ?? .nan
    // One that is not finite was dropped, and the last is then of an earlier step.
    let excess = measurements.heldOut.last { $0.step == step }
    let heldOut = floor.flatMap { floor in excess.map { floor.value + $0.excess } } ?? .nan
    let probe = measurements.probe?.levels ?? []
    let quantiles = probe.map { $0.quantileEstimate(delta: configuration.probe.delta) }
    let totals = [
      SeriesFile.Value("loss", history.smoothed ?? .nan),
      SeriesFile.Value("held_out_loss", heldOut),
      SeriesFile.Value("floor", least), SeriesFile.Value("excess", heldOut - least),
    ]
    let times = probe.map { NumberText.short($0.time, digits: 6) }
    return totals + zip(times, probe).map { SeriesFile.Value("l2/\($0)", $1.l2) }
      + zip(times, quantiles).map { SeriesFile.Value("d_delta/\($0)", $1.value ?? .nan) }
  }
}
