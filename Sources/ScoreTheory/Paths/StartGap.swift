import Glibc
public import ScoreCore

/// How far the noisy distribution at the horizon is from the standard normal distribution that
/// sampling starts from.
///
/// With `u = log(q_T / phi)` the divergence is the mean of a term that is never negative,
/// ```
/// KL(q_T || N(0, I)) = E_q [u + e^-u - 1],        TV = E_q max(0, 1 - e^-u)
/// ```
/// since `E_q e^-u = 1`. The term is near `u^2 / 2`, of the size of the divergence itself, where
/// the plain `E_q u` cancels down to it.
///
/// On the line both are integrals of the densities, by quadrature to 9 digits. Elsewhere they are
/// means over draws.
///
/// Source: the control variate is derived; it is that of Schulman 2020, "Approximating KL
/// divergence".
public struct StartGap: Codable, Sendable, Equatable {
  /// The total variation distance; its standard error is 0 where it was found by quadrature.
  public let variation: Estimate
  /// `KL(q_T || N(0, I))`, in nats; its standard error is 0 where it was found by quadrature.
  public let divergence: Estimate
  /// The draws behind the means; 0 by quadrature.
  public let drawCount: Int

  /// Measures a distribution at a level with noise.
  ///
  /// - Parameters:
  ///   - distribution: The distribution of the clean points.
  ///   - level: The noise level of the horizon.
  ///   - draws: How many points a mean is over where quadrature does not do.
  ///   - stream: Gives them, and on the line those that say where the distribution is.
  public init(
    distribution: any KnownScoreDistribution, level: NoiseLevel, draws: Int,
    using stream: inout RandomStream
  ) {
    precondition(level.sigma > 0, "A start has noise.")
    if distribution.dimension == 1, let found = Self.quadrature(distribution, level, using: &stream)
    {
      variation = Estimate(value: found.variation, standardError: 0)
      divergence = Estimate(value: found.divergence, standardError: 0)
      drawCount = 0
      return
    }
    let x = distribution.noisySample(count: draws, level: level, using: &stream)
    let constant = Double(distribution.dimension) * log(2 * .pi) / 2
    let ratios = zip(distribution.logDensity(at: x, level: level), x.squaredNorms()).map {
      $0 + $1 / 2 + constant
    }
    variation = Estimate(ratios.map { max(0, -expm1(-$0)) })
    // e^-u has a finite variance when q is nowhere narrower than a variance of 1/2.
    let isControlled = level.sigma * level.sigma > 0.5
    divergence = Estimate(isControlled ? ratios.map { $0 + expm1(-$0) } : ratios)
    drawCount = draws
  }

  private static func quadrature(
    _ distribution: any KnownScoreDistribution, _ level: NoiseLevel,
    using stream: inout RandomStream
  ) -> (variation: Double, divergence: Double)? {
    // Panels start about draws, a third of the noise apart, and reach beyond them by far.
    let draws = distribution.sample(count: 2048, using: &stream).values.map { level.alpha * $0 }
      .sorted()
    var marks: [Double] = []
    for mark in ([-12, -6, -3, -1, 0, 1, 3, 6, 12] + draws).sorted()
    where mark - (marks.last ?? -.infinity) > level.sigma / 3 { marks.append(mark) }
    let reach = [40, 20, 12, 6, 3, 1].map { $0 * level.sigma }
    marks =
      reach.map { marks[0] - $0 } + marks + reach.reversed().map { marks[marks.count - 1] + $0 }
    // Of a distribution that is the start already nothing is left but rounding.
    func integral(
      noise: Double, _ term: @escaping (_ q: Double, _ phi: Double, _ ratio: Double) -> Double
    ) -> Double {
      AdaptiveQuadrature.estimate(over: marks, tolerance: 1e-10, noise: noise) { x in
        zip(distribution.logDensity(at: Points(values: x, dimension: 1), level: level), x).map {
          let logNormal = -$1 * $1 / 2 - StandardNormal.logSqrtTwoPi
          return term(exp($0), exp(logNormal), $0 - logNormal)
        }
      }.integral
    }
    // A part that no draw came near would be missing.
    guard abs(integral(noise: 1e-14) { q, _, _ in q } - 1) < 1e-9 else { return nil }
    return (
      integral(noise: 1e-14) { q, phi, _ in abs(q - phi) } / 2,
      integral(noise: 1e-20) { q, phi, ratio in q > 0 ? q * (ratio + expm1(-ratio)) : phi }
    )
  }
}
