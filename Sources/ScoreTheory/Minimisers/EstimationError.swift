package import ScoreCore

/// How far the minimiser on n noisy points is from the population's, on the line and to first order in
/// 1/n.
///
/// With the Gram matrix G of the population, the residual `r = y - W^T phi` of its minimiser and
/// `S = E[phi phi^T r^2]`,
/// ```
/// E ||f_n - f||^2 = tr((G + ridge)^-1 S (G + ridge)^-1 G) / n + O(1/n^2)
/// ```
/// The residual's conditional second moment is `Var(y | x) + (E[y | x] - f(x))^2`, and the noise has
/// `Var(z | x) = 1 + sigma^2 s'(x)`. Steps of constant size eta on batches of B of fixed rows end at a
/// distance of `eta tr(S) / B` on average, to first order in eta.
///
/// Source: White 1980, Econometrica 48, for the variance; Efron 2011, JASA 106, for `Var(z | x)`;
/// Mandt, Hoffman and Blei 2017 (arXiv:1704.04289), for constant steps.
package struct EstimationError: Sendable, Equatable {
  /// `n E ||f_n - f||^2` of the noise's prediction, which is n times the squared L2 distance of the
  /// scores times sigma^2.
  package let perPoint: Double
  /// `tr(S)`.
  package let gradientVariance: Double

  /// Works it out for the noise target at one level; nil where the regression has no minimiser.
  ///
  /// - Parameters:
  ///   - regression: That of the population, with the rows of the rule and no others.
  ///   - rule: The distribution, on the line.
  ///   - distribution: The same.
  package init?(
    _ regression: ScoreRegression, rule: PopulationRule,
    distribution: any KnownScoreDistribution
  ) {
    precondition(
      rule.points.dimension == 1 && regression.target is NoiseTarget,
      "The error is known for predictions of the noise on the line.")
    guard let minimiser = regression.minimiser else { return nil }
    let (x, level, p) = (rule.points, rule.level, regression.features.count)
    let predicted = minimiser.prediction(at: x, level: level).values
    let slopes = Self.slopes(of: distribution, at: x, level: level)
    let squares = x.values.indices.map { row in
      let bias = -level.sigma * rule.scores.values[row] - predicted[row]
      return 1 + level.sigma * level.sigma * slopes[row] + bias * bias
    }
    var second = NormalEquations(featureCount: p, outputCount: 1)
    second.add(
      features: regression.features.values(at: x, level: level), outputs: squares,
      weights: zip(rule.masses, squares).map { $0 * $1 })
    let (gram, penalty) = (regression.equations, regression.penalty)
    guard let left = gram.solution(of: second.gram, columns: p, ridge: penalty),
      let right = gram.solution(of: gram.gram, columns: p, ridge: penalty)
    else { return nil }
    var trace = 0.0
    for i in 0..<p {
      for j in 0..<p { trace += left[i * p + j] * right[j * p + i] }
    }
    perPoint = trace
    gradientVariance = (0..<p).reduce(0.0) { $0 + second.gram[$1 * p + $1] }
  }

  /// The slope of the score by central differences.
  private static func slopes(
    of distribution: any KnownScoreDistribution, at x: Points, level: NoiseLevel
  ) -> [Double] {
    let step = 1e-4 * level.sigma
    let (left, right) = (
      Points(values: x.values.map { $0 - step }, dimension: 1),
      Points(values: x.values.map { $0 + step }, dimension: 1)
    )
    return zip(
      distribution.score(at: right, level: level).values,
      distribution.score(at: left, level: level).values
    ).map { ($0 - $1) / (2 * step) }
  }
}
