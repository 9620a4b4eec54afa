import CTerminalGuard
import ScoreLab
import Workbench

/// What takes long, at the end of a run and only where it is asked for.
extension TrainTask {
  /// Measures the parts of the error.
  func measureParts(of session: inout Session, report: inout TrainPrinter) throws {
    let limit = partsSeconds.map { ContinuousClock.now + .seconds($0) }
    session.show(MeasurementRequest([MinimisersMeasurement.self]))
    while !session.isMeasured, limit.map({ ContinuousClock.now < $0 }) ?? true {
      session.measure()
      try report.progress(named: "searching the minimisers") {
        session.measurements.minimisers?.standingWords.joined(separator: "; ") ?? ""
      }
    }
    // A search that was stopped would go on once there are parts.
    session.show(MeasurementRequest([ErrorPartsMeasurement.self]))
    while !session.isMeasured, session.measurements.errorParts == nil {
      session.measure()
      try report.progress(named: "measuring the parts") { "" }
    }
    guard let found = session.measurements.errorParts else {
      throw Failure.Failed(message: "the parts of the error are not finite")
    }
    try report.parts(PartsReport(found, configuration: session.configuration))
  }

  /// Measures the bound on the samples.
  func measureBound(of session: inout Session, report: inout TrainPrinter) throws {
    session.show(MeasurementRequest([PathBoundMeasurement.self]))
    while !session.isMeasured {
      session.measure()
      try report.progress(named: "following paths for the bound") { "" }
    }
    guard let bound = session.measurements.pathBound else {
      throw Failure.Failed(message: "the terms of the bound are not finite")
    }
    try report.bound(
      BoundReport(bound, step: session.step, delta: session.configuration.probe.delta))
  }
}
