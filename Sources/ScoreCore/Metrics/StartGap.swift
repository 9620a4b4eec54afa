import Glibc

/// How far the noisy law at the horizon is from the standard normal law that sampling starts from.
///
/// Both are means over draws x of `q_T` of exact log densities:
/// ```
/// TV = E max(0, 1 - phi(x) / q_T(x)),        KL(q_T || N(0, I)) = E log(q_T(x) / phi(x))
/// ```
public struct StartGap: Sendable {
  /// `max(0, 1 - phi / q_T)` of each draw, between 0 and 1; its mean is the total variation.
  public let variationTerms: [Double]
  /// `log(q_T / phi)` of each draw, in nats; its mean is the divergence.
  public let divergenceTerms: [Double]

  public init(
    law: any KnownScoreDistribution, level: NoiseLevel, count: Int,
    using stream: inout RandomStream
  ) {
    let x = law.noisySample(count: count, level: level, using: &stream)
    let constant = Double(law.dimension) * log(2 * .pi) / 2
    divergenceTerms = zip(law.logDensity(at: x, level: level), x.squaredNorms()).map {
      $0 + $1 / 2 + constant
    }
    variationTerms = divergenceTerms.map { max(0, -expm1(-$0)) }
  }
}
