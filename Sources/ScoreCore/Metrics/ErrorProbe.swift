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
    let estimate = score.score(at: station.points, level: station.level)
    return ScoreErrorDistribution(
      level: station.level, time: station.time, estimate: estimate, exact: station.exact)
  }

  private mutating func prepare(_ index: Int) -> Station {
    if let station = stations[index] { return station }
    let level = process.level(at: times[index])
    var stream = RandomStream(seed: seed, purpose: .probe, index: UInt64(index))
    let points = distribution.noisySample(count: pointCount, level: level, using: &stream)
    let station = Station(
      level: level, time: times[index], points: points,
      exact: distribution.score(at: points, level: level))
    stations[index] = station
    return station
  }
}
