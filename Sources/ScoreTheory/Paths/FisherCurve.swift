public import ScoreCore

/// The Fisher information `I(t) = E ||s_t||^2` of the noisy distribution at any time.
///
/// By the distribution's closed form or quadrature where it has one; else a mean over fixed draws
/// of clean points and noise, the same at every time, so that the curve is smooth in t.
public struct FisherCurve: Sendable {
  public let distribution: any KnownScoreDistribution
  public let process: OrnsteinUhlenbeck
  /// The draws of the mean; 0 where it is not needed.
  public let drawCount: Int
  private let clean: Points
  private let noise: Points

  /// Prepares the curve.
  public init(
    distribution: any KnownScoreDistribution, process: OrnsteinUhlenbeck, draws: Int,
    using stream: inout RandomStream
  ) {
    self.distribution = distribution
    self.process = process
    let isExact = [process.horizon, process.stop].allSatisfy {
      distribution.fisherInformation(at: process.level(at: $0)) != nil
    }
    drawCount = isExact ? 0 : draws
    clean = distribution.sample(count: drawCount, using: &stream)
    noise = stream.normals(count: drawCount, dimension: distribution.dimension)
  }

  /// The value at a time of the process; NaN where a distribution that has it at both ends has it
  /// not.
  public func value(at time: Double) -> Double {
    guard drawCount > 0 else {
      return distribution.fisherInformation(at: process.level(at: time)) ?? .nan
    }
    return squaredScores(at: time).reduce(0, +) / Double(drawCount)
  }

  /// `||s_t||^2` of each draw, `[drawCount]`.
  private func squaredScores(at time: Double) -> [Double] {
    let level = process.level(at: time)
    return distribution.score(at: level.noisy(clean, noise: noise), level: level).squaredNorms()
  }

  /// The path divergence of freezing the exact score on each of given steps.
  ///
  /// With a standard error of 0 where I is known; then it is right to 1e-7 of itself.
  ///
  /// - Precondition: The times decrease strictly, and there are at least two.
  public func frozenScoreCost(times: [Double]) -> Estimate {
    let places = FrozenScoreCost.evaluationTimes(for: times)
    guard drawCount > 0 else {
      let cost = FrozenScoreCost(times: times, information: places.map { value(at: $0) })
      return Estimate(value: cost.costOfAll, standardError: 0)
    }
    var costs = Array(repeating: 0.0, count: drawCount)
    for (place, weight) in zip(places, FrozenScoreCost.weights(for: times)) where weight != 0 {
      for (row, square) in squaredScores(at: place).enumerated() { costs[row] += weight * square }
    }
    return Estimate(costs)
  }
}
