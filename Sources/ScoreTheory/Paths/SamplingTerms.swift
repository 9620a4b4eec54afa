import Glibc
package import ScoreCore

/// The terms of the first paper's bound on the total variation distance of samples, up to constants
/// that it does not give.
///
/// ```
/// TV(q_gamma, out) <~ delta + eps sqrt(T + log 1/gamma) + sqrt(d/N) (T + log 1/gamma)
///                     + (sqrt d + m_2) e^-T
/// ```
/// where at every step all but a share delta / N of the points have a score error below
/// `eps / sigma_t`.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Corollary B.6.
package struct SamplingTerms: Sendable, Equatable {
  /// delta, of all steps together.
  package let share: Double
  /// `eps sqrt(T + log 1/gamma)`; nil where eps is not known.
  package let score: Double?
  /// `sqrt(d/N) (T + log 1/gamma)`.
  package let steps: Double
  /// `(sqrt d + m_2) e^-T`.
  package let start: Double

  /// Puts the terms together.
  ///
  /// - Parameters:
  ///   - delta: The share of points, over all steps, whose score may be further off.
  ///   - epsilon: The largest `sigma D` at the share delta / N; nil where points are too few for it.
  ///   - dimension: d.
  ///   - stepCount: N, at least 1.
  ///   - process: Gives T and gamma.
  ///   - secondMoment: `E ||x_0||^2`, at least 0.
  package init(
    delta: Double, epsilon: Double?, dimension: Int, stepCount: Int, process: OrnsteinUhlenbeck,
    secondMoment: Double
  ) {
    precondition(stepCount >= 1 && secondMoment >= 0, "A bound is of steps and data.")
    let (d, time) = (Double(dimension), process.horizon - log(process.stop))
    share = delta
    score = epsilon.map { $0 * time.squareRoot() }
    steps = (d / Double(stepCount)).squareRoot() * time
    start = (d.squareRoot() + secondMoment.squareRoot()) * exp(-process.horizon)
  }
}

/// A bound on the total variation distance of samples with every constant in it: what the score adds
/// along exact paths, twice what freezing the exact score costs by Pinsker, and the distance of the
/// start.
///
/// Source: the argument of Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Theorem B.7 and
/// eq. 14, with explicit constants (derived).
package struct ExplicitBound: Sendable, Equatable {
  /// The confidence of each of the three terms, so that all hold together with 95%.
  package static let confidence = 1 - 0.05 / 3
  /// The normal quantile of that confidence.
  package static let reach = StandardNormal.quantile(confidence)

  /// The score's term, with ``confidence``.
  package let score: PathCertificate
  /// The divergence of freezing the exact score.
  package let freezing: Estimate
  /// The total variation distance of the start.
  package let start: Estimate

  package init(score: PathCertificate, freezing: Estimate, start: Estimate) {
    self.score = score
    self.freezing = freezing
    self.start = start
  }

  /// `2 TV(Q, Q_dis)` by Pinsker.
  package var steps: Double { 2 * PathCertificate.pinsker(freezing.value) }

  /// What it is below with its confidence; a quadrature is right to 1e-7.
  package var stepsLimit: Double {
    let divergence = (freezing.value + Self.reach * freezing.standardError) * (1 + 1e-6)
    return 2 * PathCertificate.pinsker(divergence)
  }

  package var startLimit: Double { start.value + Self.reach * start.standardError }

  /// All terms together.
  package var sum: Double { score.bound + steps + start.value }

  /// What they are below with 95% confidence.
  package var limit: Double { score.upperLimit + stepsLimit + startLimit }
}

extension KnownScoreDistribution {
  /// `E ||x||^2`, by the closed form or as a mean over draws.
  package func secondMoment(draws: Int, using stream: inout RandomStream) -> Double {
    if let moments {
      return moments.mean.reduce(0) { $0 + $1 * $1 } + Double(dimension) * moments.variance
    }
    return Estimate(sample(count: draws, using: &stream).squaredNorms()).value
  }
}
