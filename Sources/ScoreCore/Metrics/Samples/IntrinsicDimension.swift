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
