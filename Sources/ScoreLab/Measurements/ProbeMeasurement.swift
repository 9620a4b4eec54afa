public import ScoreCore

/// One measurement of the score error at every noise level.
public struct ProbeResult: Sendable, Equatable {
  /// The training step whose averaged weights were measured.
  public var step: Int
  /// From the least noise to the most.
  public var levels: [ScoreErrorDistribution]
  /// Where the errors lie, a level each.
  public var places: [ErrorPlaces] = []
}

/// The score error at the probe's points, one noise level a unit.
public struct ProbeMeasurement: Measurement {
  public static let name = "probe"
  public static let dependencies = [MeasurementDependency.weights]

  private var probe: ErrorProbe
  private var pass: (score: any ScoreFunction, report: ProbeResult)?
  public private(set) var reading = Reading<ProbeResult>()

  public init(of subject: MeasurementSubject) { probe = subject.probe(points: nil) }

  public var unitCost: Double { Double(probe.pointCount) }

  public mutating func begin(_ input: MeasurementInput) {
    pass = (input.score(), ProbeResult(step: input.step, levels: []))
  }

  public mutating func step() -> Bool {
    guard let (score, begun) = pass else { return true }
    var report = begun
    let (errors, places) = probe.survey(score, levelIndex: report.levels.count)
    report.levels.append(errors)
    report.places.append(places)
    pass = (score, report)
    guard report.levels.count == probe.times.count else { return false }
    pass = nil
    // A state that is about to be found diverged gives no numbers; the next pass will.
    let broken = report.levels.count { $0.errors.last?.isFinite != true }
    reading.end(with: report, step: report.step, brokenCount: broken, of: report.levels.count)
    return true
  }

  public mutating func forget(after step: Int) {
    pass = nil
    reading.forget(after: step) { $0.step > step ? nil : $0 }
  }
}

extension MeasurementSubject {
  /// The probe of the configuration, with fewer points where that is asked for.
  func probe(points: Int?) -> ErrorProbe {
    let probe = configuration.probe
    return ErrorProbe(
      distribution: distribution, process: process, levelCount: probe.levels,
      pointCount: min(probe.points, points ?? probe.points), seed: configuration.seed)
  }

  /// Where weights that diverged are furthest off among the probe's levels, in the order of the
  /// noise: the first that is no number, else the largest error.
  func place(ofDivergence score: any ScoreFunction) -> Divergence.Place {
    // A few points show what a diverged network does, and a large probe would stop the screen.
    var probe = probe(points: 256)
    let worst = probe.times.indices.map { index in
      Double(probe.measure(score, levelIndex: index).errors.last ?? .nan)
    }
    let broken = worst.indices.filter { !worst[$0].isFinite }
    guard broken.count < worst.count else { return .everyLevel }
    let index = broken.first ?? worst.indices.max { worst[$0] < worst[$1] } ?? 0
    return .time(probe.times[index])
  }
}

extension MeasurementResults {
  /// The newest errors at every noise level.
  public var probe: ProbeResult? { self[ProbeMeasurement.self].value }
  /// The newest errors where they are not finite.
  public var droppedProbe: DroppedPass? { self[ProbeMeasurement.self].dropped }
}
