/// The dimension of the set that data lie on, read off a score at small noise.
///
/// Near a smooth set of dimension k in d dimensions the score at noise sigma is about the distance
/// to the set over `sigma^2`, so
/// ```
/// d - sigma^2 E_{q_t} ||s(x_t)||^2  ->  k    as sigma -> 0
/// ```
/// which is also the loss of the noise target. Sigma must be small against the shape of the set and
/// large against the distances of the training points, else a network reports 0 for having
/// memorised them.
public struct IntrinsicDimension: Sendable, Equatable {
  public let value: Double
  /// The standard error of the value over the points.
  public let standardError: Double

  /// The 95% interval of the mean over points, for a hundred of them or more.
  public var interval: ClosedRange<Double> {
    let reach = StandardNormal.quantile(0.975) * standardError
    return value - reach...value + reach
  }

  /// Estimates the dimension from clean points.
  ///
  /// - Parameters:
  ///   - score: The score, exact or learned.
  ///   - clean: Points of the data, at least 2; one noisy point is made of each.
  ///   - level: The noise level, with small noise.
  ///   - stream: Where the noise comes from.
  public init(
    _ score: any ScoreFunction, at clean: Points, level: NoiseLevel,
    using stream: inout RandomStream
  ) {
    precondition(clean.count >= 2, "An estimate needs points.")
    precondition(score.dimension == clean.dimension, "Points and score differ in dimension.")
    let noise = stream.normals(count: clean.count, dimension: clean.dimension)
    let x = level.noisy(clean, noise: noise)
    let found = Estimate(
      score.score(at: x, level: level).squaredNorms().map {
        Double(clean.dimension) - level.sigma * level.sigma * $0
      })
    value = found.value
    standardError = found.standardError
  }
}

/// The intrinsic dimension at many noise levels, of the same clean points.
public struct DimensionSweep: Sendable {
  private let seed: UInt64
  /// Fresh draws of the distribution, `[count, dimension]`.
  private let clean: Points

  /// Draws the points.
  ///
  /// - Parameters:
  ///   - distribution: The distribution that the score is of.
  ///   - count: At least 2.
  ///   - seed: Equal seeds give equal points and noise, whatever the score.
  public init(_ distribution: any KnownScoreDistribution, count: Int, seed: UInt64) {
    precondition(count >= 2, "An estimate needs points.")
    var stream = RandomStream(seed: seed, purpose: .intrinsicDimension)
    clean = distribution.sample(count: count, using: &stream)
    self.seed = seed
  }

  /// The estimate at one level, whose noise its index names.
  public func estimate(
    _ score: any ScoreFunction, level: NoiseLevel, index: Int
  ) -> IntrinsicDimension {
    var stream = RandomStream(
      seed: seed, purpose: .intrinsicDimension, index: UInt64(index) + 1)
    return IntrinsicDimension(score, at: clean, level: level, using: &stream)
  }
}
