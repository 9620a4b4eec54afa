import ScoreCore

/// Floor and excess of the loss at the probe's levels: the floors once, the excess with every probe.
public struct LevelLossesMeasurement: Measurement {
  public typealias Value = LevelLosses
  public static let name = "level_losses"
  public static let dependencies: [MeasurementDependency] = [
    .weights, .value(of: ProbeMeasurement.self),
  ]

  private var probe: ErrorProbe
  private let secondMoment: Double?
  private var levels: [LevelLosses.Level] = []
  /// What is to be added once the floors are known.
  private var entry: LevelLosses.Entry?
  public private(set) var reading = Reading<LevelLosses>()

  public init(of subject: MeasurementSubject) {
    probe = subject.probe(points: nil)
    let d = Double(subject.distribution.dimension)
    secondMoment = subject.distribution.moments.map { moments in
      moments.mean.reduce(d * moments.variance) { $0 + $1 * $1 }
    }
  }

  /// Taking over a probe costs nothing, but there is one to take over after every training step: without a
  /// cost nothing else would be measured.
  public var unitCost: Double { Double(probe.pointCount) }

  public mutating func begin(_ input: MeasurementInput) {
    entry = input.measurement(ProbeMeasurement.self)?.reading.value.map { result in
      LevelLosses.Entry(step: result.step, excess: result.levels.map { $0.l2 * $0.l2 })
    }
  }

  public mutating func step() -> Bool {
    guard levels.count == probe.times.count else {
      levels.append(level(at: levels.count))
      return false
    }
    guard let entry else { return true }
    var losses = reading.value ?? LevelLosses(levels: levels)
    if losses.history.last?.step != entry.step {
      losses.add(entry)
      reading.value = losses
    }
    self.entry = nil
    return true
  }

  private mutating func level(at index: Int) -> LevelLosses.Level {
    let (level, time, _, exact) = probe.points(levelIndex: index)
    let d = Double(exact.dimension)
    let square = level.sigma * level.sigma
    let told =
      probe.distribution.fisherInformation(at: level)
      .map { Estimate(value: square * $0, standardError: 0) }
      ?? Estimate(
        (0..<exact.count).map { row in
          square * exact.row(row).reduce(0) { $0 + $1 * $1 }
        })
    return LevelLosses.Level(
      level: level, time: time,
      // Where hardly anything is told, rounding may take it below 0.
      floor: Estimate(value: max(0, d - told.value), standardError: told.standardError),
      secondMoment: secondMoment, dimension: exact.dimension)
  }

  public mutating func forget(after step: Int) {
    entry = nil
    reading.forget(after: step) { losses in
      var losses = losses
      losses.forget(after: step)
      return losses.history.isEmpty ? nil : losses
    }
  }
}

extension MeasurementResults {
  /// Floor and excess of the loss by noise level, over the steps.
  public var levelLosses: LevelLosses? { self[LevelLossesMeasurement.self].value }
}
