import ScoreCore

/// The dimension that the score finds at the probe's levels, one level a unit.
public struct IntrinsicDimensionMeasurement: Measurement {
  public typealias Value = FoundDimensions
  public static let name = "intrinsic_dimension"
  public static let dependencies = [MeasurementDependency.weights]
  /// A sweep that knows its standard errors needs two points.
  private static let leastPoints = 2

  private let distribution: any KnownScoreDistribution
  private let process: any ForwardProcess
  private let times: [Double]
  private let pointCount: Int
  private let seed: UInt64
  /// Drawn with the first pass.
  private var sweep: DimensionSweep?
  private var exact: [Int: Estimate] = [:]
  private var pass: (score: any ScoreFunction, found: FoundDimensions)?
  public private(set) var reading = Reading<FoundDimensions>()

  public init(of subject: MeasurementSubject) {
    let probe = subject.probe(points: nil)
    (distribution, process) = (subject.distribution, subject.process)
    (times, seed) = (probe.times, probe.seed)
    pointCount = max(Self.leastPoints, probe.pointCount)
  }

  public var unitCost: Double { Double(pointCount) }

  public mutating func begin(_ input: MeasurementInput) {
    pass = (
      input.score(),
      FoundDimensions(step: input.step, dimension: distribution.dimension, levels: [])
    )
  }

  public mutating func step() -> Bool {
    guard let (score, begun) = pass else { return true }
    var found = begun
    found.levels.append(measure(score, at: found.levels.count))
    pass = (score, found)
    guard found.levels.count == times.count else { return false }
    pass = nil
    let broken = found.levels.count { !$0.learned.value.isFinite }
    reading.end(with: found, step: found.step, brokenCount: broken, of: found.levels.count)
    return true
  }

  private mutating func measure(
    _ score: any ScoreFunction, at index: Int
  ) -> FoundDimensions.Level {
    let sweep = sweep ?? DimensionSweep(distribution, count: pointCount, seed: seed)
    self.sweep = sweep
    let level = process.level(at: times[index])
    let known = exact[index] ?? exactDimension(sweep, level, index)
    exact[index] = known
    return FoundDimensions.Level(
      level: level, time: times[index],
      learned: sweep.estimate(score, level: level, index: index), exact: known)
  }

  private func exactDimension(
    _ sweep: DimensionSweep, _ level: NoiseLevel, _ index: Int
  ) -> Estimate {
    if let information = distribution.fisherInformation(at: level) {
      let told = level.sigma * level.sigma * information
      return Estimate(value: Double(distribution.dimension) - told, standardError: 0)
    }
    let found = sweep.estimate(ExactScore(distribution), level: level, index: index)
    return Estimate(value: found.value, standardError: found.standardError)
  }

  public mutating func forget(after step: Int) {
    pass = nil
    reading.forget(after: step) { $0.step > step ? nil : $0 }
  }
}

extension MeasurementResults {
  /// The newest dimensions that the score finds.
  public var foundDimensions: FoundDimensions? { self[IntrinsicDimensionMeasurement.self].value }
}
