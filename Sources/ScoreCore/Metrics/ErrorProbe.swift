/// Measures a score estimate against the exact score at fixed points of several noise levels.
///
/// The points and their exact scores are drawn and computed once, from the run's seed, and used
/// for every measurement: curves over training then show the network's change, not fresh noise.
public struct ErrorProbe: Sendable {
  /// One noise level's points and exact scores.
  private struct Station: Sendable {
    let level: NoiseLevel
    let time: Double
    let points: Points
    let exact: Points
    /// Distances from the mean of the noisy distribution, `[count]`.
    let radii: [Double]
    /// The rows from the centre outwards.
    let outwards: [Int]
  }

  public let distribution: any KnownScoreDistribution
  public let process: any ForwardProcess
  /// The times of the levels, from the stop (least noise) to the horizon.
  public let times: [Double]
  public let pointCount: Int
  public let seed: UInt64
  private var stations: [Station?]

  /// Places `levelCount` levels evenly in log SNR, both ends of the process included.
  public init(
    distribution: any KnownScoreDistribution, process: any ForwardProcess, levelCount: Int,
    pointCount: Int, seed: UInt64
  ) {
    precondition(levelCount >= 2, "A probe needs levels.")
    let range = process.logSNRRange
    let times = (0..<levelCount).map { k in
      if k == 0 { return process.stop }
      if k == levelCount - 1 { return process.horizon }
      let fraction = Double(k) / Double(levelCount - 1)
      return process.time(
        atLogSNR: range.upperBound + fraction * (range.lowerBound - range.upperBound))
    }
    self.init(
      distribution: distribution, process: process, times: times, pointCount: pointCount,
      seed: seed)
  }

  /// Places levels at given times of the process, ascending.
  public init(
    distribution: any KnownScoreDistribution, process: any ForwardProcess, times: [Double],
    pointCount: Int, seed: UInt64
  ) {
    precondition(!times.isEmpty && pointCount >= 1, "A probe needs levels and points.")
    self.distribution = distribution
    self.process = process
    self.times = times
    self.pointCount = pointCount
    self.seed = seed
    stations = Array(repeating: nil, count: times.count)
  }

  /// Measures the error at one level; the first call for a level computes its exact scores.
  public mutating func measure(
    _ score: any ScoreFunction, levelIndex: Int
  ) -> ScoreErrorDistribution {
    let station = prepare(levelIndex)
    return ScoreErrorDistribution(
      level: station.level, time: station.time, unsorted: errors(of: score, at: station))
  }

  /// The same, and where the error lies.
  public mutating func survey(
    _ score: any ScoreFunction, levelIndex: Int
  ) -> (errors: ScoreErrorDistribution, places: ErrorPlaces) {
    let station = prepare(levelIndex)
    let values = errors(of: score, at: station)
    let errors = ScoreErrorDistribution(
      level: station.level, time: station.time, unsorted: values)
    return (
      errors,
      ErrorPlaces(
        worst: worst(values, errors, at: station), shells: shells(values, errors, at: station))
    )
  }

  /// The points of a level with the exact scores there; the first call for a level computes them.
  package mutating func points(
    levelIndex: Int
  ) -> (level: NoiseLevel, time: Double, points: Points, exact: Points) {
    let station = prepare(levelIndex)
    return (station.level, station.time, station.points, station.exact)
  }

  private func errors(of score: any ScoreFunction, at station: Station) -> [Float] {
    ScoreErrorDistribution.errors(
      of: score.score(at: station.points, level: station.level), exact: station.exact,
      level: station.level)
  }

  private func worst(
    _ values: [Float], _ sorted: ScoreErrorDistribution, at station: Station
  ) -> [ErrorPlaces.WorstPoint] {
    // The sorted errors say from where on, so that no second sort is needed.
    let least = sorted.errors[max(0, pointCount - ErrorPlaces.worstCount)]
    let rows = values.indices.filter { values[$0] >= least }
      .sorted { (values[$0], $1) > (values[$1], $0) }.prefix(ErrorPlaces.worstCount)
    guard !rows.isEmpty else { return [] }
    let logDensity = distribution.logDensity(
      at: Points(rows: rows.map(station.points.row)), level: station.level)
    return zip(rows, logDensity).map { row, logDensity in
      ErrorPlaces.WorstPoint(
        position: station.points.row(row), logDensity: logDensity, error: Double(values[row]))
    }
  }

  private func shells(
    _ values: [Float], _ all: ScoreErrorDistribution, at station: Station
  ) -> [ErrorPlaces.Shell] {
    let total = Double(pointCount) * all.l2 * all.l2
    var first = 0
    return ErrorPlaces.shellShares.compactMap { share in
      let end = Int((share * Double(pointCount)).rounded())
      guard end > first else { return nil }
      let rows = station.outwards[first..<end]
      first = end
      let errors = ScoreErrorDistribution(
        level: station.level, time: station.time, unsorted: rows.map { values[$0] })
      return ErrorPlaces.Shell(
        inner: station.radii[rows[rows.startIndex]], outer: station.radii[rows[rows.endIndex - 1]],
        errors: errors,
        share: total == 0 ? 0 : Double(rows.count) * errors.l2 * errors.l2 / total)
    }
  }

  private mutating func prepare(_ index: Int) -> Station {
    if let station = stations[index] { return station }
    let level = process.level(at: times[index])
    var stream = RandomStream(seed: seed, purpose: .probe, index: UInt64(index))
    let points = distribution.noisySample(count: pointCount, level: level, using: &stream)
    let radii = distances(of: points, at: level)
    let station = Station(
      level: level, time: times[index], points: points,
      exact: distribution.score(at: points, level: level), radii: radii,
      outwards: radii.indices.sorted { (radii[$0], $0) < (radii[$1], $1) })
    stations[index] = station
    return station
  }

  /// Distances from the mean of the noisy distribution; from the points' own where that is not
  /// known.
  private func distances(of points: Points, at level: NoiseLevel) -> [Double] {
    let center =
      distribution.moments?.mean.map { level.alpha * $0 }
      ?? (0..<points.dimension).map { points.column($0).reduce(0, +) / Double(points.count) }
    var shifted = points
    for row in 0..<points.count {
      for axis in 0..<points.dimension { shifted[row, axis] -= center[axis] }
    }
    return shifted.squaredNorms().map { $0.squareRoot() }
  }
}
