import Glibc
package import ScoreCore

/// A noisy distribution as points with masses and exact scores, on which every mean and every quantile
/// is a finite sum.
///
/// On the line the points are those of the trapezoidal rule, whose error for a smooth density falls
/// faster than any power of the spacing (Trefethen and Weideman 2014, SIAM Review 56); a function with
/// kinks adds an error of the order of the squared spacing. In more dimensions they are draws.
package struct PopulationRule: Sendable {
  /// Spacings of the rule on the line within one standard deviation of the noise.
  package static let fineness = 64.0
  private static let mostPoints = 40_000

  package let level: NoiseLevel
  package let points: Points
  /// The share of the distribution that each point stands for, `[count]`; they sum to one.
  package var masses: [Double] { measure.values }
  private let measure: PointMasses
  /// The exact score at each point, of the points' shape.
  package let scores: Points

  /// A rule with given points.
  ///
  /// - Precondition: Each point has a positive mass; the masses need not sum to one.
  package init(
    _ distribution: any KnownScoreDistribution, level: NoiseLevel, points: Points, masses: [Double]
  ) {
    precondition(masses.count == points.count, "Each point has a mass.")
    self.level = level
    self.points = points
    measure = PointMasses(masses)
    scores = distribution.score(at: points, level: level)
  }

  /// The trapezoidal rule on the line.
  ///
  /// - Parameters:
  ///   - distribution: One-dimensional.
  ///   - level: A level with noise.
  ///   - range: Where the clean distribution has all of its mass but a rounding error.
  ///   - resolution: Spacings within one standard deviation of the noise, at least 2: so many leave a
  ///     rounding error of what is smooth, while kinks and quantiles want more.
  package init(
    line distribution: any KnownScoreDistribution, level: NoiseLevel, range: ClosedRange<Double>,
    resolution: Double = PopulationRule.fineness
  ) {
    precondition(
      distribution.dimension == 1 && level.sigma > 0 && resolution >= 2,
      "The rule is for noisy points on the line.")
    let (low, high) = (
      level.alpha * range.lowerBound - 9 * level.sigma,
      level.alpha * range.upperBound + 9 * level.sigma
    )
    let count = min(
      Self.mostPoints, Int(((high - low) / level.sigma * resolution).rounded(.up)))
    let x = (0...count).map { low + (high - low) * Double($0) / Double(count) }
    let densities = distribution.logDensity(at: Points(values: x, dimension: 1), level: level)
      .map { exp($0) }
    // Points without mass would only take time.
    let least = 1e-17 * (densities.max() ?? 0)
    let kept = x.indices.filter { densities[$0] > least }
    self.init(
      distribution, level: level, points: Points(values: kept.map { x[$0] }, dimension: 1),
      masses: kept.map { densities[$0] })
  }

  /// Draws of the noisy distribution, of one mass each.
  package init(
    drawing count: Int, from distribution: any KnownScoreDistribution, level: NoiseLevel,
    using stream: inout RandomStream
  ) {
    self.init(
      distribution, level: level,
      points: distribution.noisySample(count: count, level: level, using: &stream),
      masses: Array(repeating: 1, count: count))
  }

  /// `E ||score||^2`.
  package var fisherInformation: Double {
    measure.mean(of: scores.squaredNorms())
  }

  /// The rows of the population's regression: what is predicted is the conditional mean of the target.
  ///
  /// The least squares of these rows and of endless noisy ones have one minimiser, and their losses
  /// differ by the Bayes floor.
  ///
  /// - Parameters:
  ///   - target: What is predicted.
  ///   - weight: What all rows count together.
  /// - Returns: A row for each point.
  package func rows(target: any TrainingTarget, weight: Double = 1) -> RegressionRows {
    let conversion = ScoreConversion(target.coefficients(at: level), at: level)
    var means = scores
    for i in means.values.indices {
      means.values[i] =
        (scores.values[i] - conversion.scoreFromPoint * points.values[i])
        / conversion.scoreFromTarget
    }
    return RegressionRows(
      level: level, points: points, targets: means, weights: masses.map { weight * $0 })
  }

  /// How far two scores are apart under the distribution.
  ///
  /// - Parameters:
  ///   - first: One score at ``points``.
  ///   - second: The other one.
  ///   - deltas: The shares of the quantiles that are wanted, each in (0, 1).
  /// - Returns: The squared L2 distance and a quantile for each delta, times sigma^2 and sigma.
  package func gap(
    between first: Points, and second: Points, deltas: [Double]
  ) -> ScoreGap {
    precondition(
      first.count == points.count && second.count == points.count, "Scores are at the points.")
    var difference = first
    for i in difference.values.indices { difference.values[i] -= second.values[i] }
    let squares = difference.squaredNorms()
    let sigma = level.sigma
    return ScoreGap(
      squared: sigma * sigma * measure.mean(of: squares),
      quantiles: measure.quantiles(of: squares, deltas: deltas).map {
        sigma * $0.squareRoot()
      })
  }
}

/// How far two scores are apart at one noise level; dimensionless by factors of sigma.
package struct ScoreGap: Codable, Sendable, Equatable {
  /// `sigma^2 E ||f - g||^2`.
  package var squared: Double
  /// `sigma D_delta(f, g)` for each delta that was asked for: the smallest value that the distance
  /// exceeds with a probability of at most delta.
  ///
  /// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), eq. 6.
  package var quantiles: [Double]

  package init(squared: Double, quantiles: [Double]) {
    self.squared = squared
    self.quantiles = quantiles
  }
}
