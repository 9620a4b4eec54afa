package import ScoreCore
package import ScoreTheory

/// What the first paper's bound says of the run as it is, next to how far its samples are.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Corollary B.6 and eq. 14.
package enum PathBound: Sendable, Equatable {
  case missing(Obstacle)
  case known(Terms)

  /// Why there is none.
  package enum Obstacle: Sendable, Equatable {
    case process
    case sampler
    case tooManySteps(limit: Int)
  }

  /// The terms of one pass.
  package struct Terms: Sendable, Equatable {
    /// The training step whose averaged weights were measured.
    package var step: Int
    /// d and N.
    package var dimension: Int
    package var stepCount: Int
    package var process: OrnsteinUhlenbeck
    /// `E ||x_0||^2`.
    package var secondMoment: Double
    /// `sigma ||s_hat - s||` at the start of each step under the noisy distribution there, from noise
    /// to data, `[stepCount]`.
    package var errors: [ScoreErrorDistribution]
    package var explicit: ExplicitBound
    /// The total variation distance of the run's samples by histograms, in its null; nil where it
    /// cannot be had.
    package var variation: MetricResult?

    /// The paths that errors and certificate are of.
    package var pathCount: Int { errors.first?.errors.count ?? 0 }

    /// What delta is at one step.
    package func share(delta: Double) -> Double { delta / Double(stepCount) }

    /// The step with the largest `sigma D` at the share delta / N, which is eps.
    package func worst(delta: Double) -> (
      errors: ScoreErrorDistribution, quantile: QuantileEstimate
    )? {
      errors.map { ($0, $0.quantileEstimate(delta: share(delta: delta))) }
        .max { $0.1.orderStatistic < $1.1.orderStatistic }
    }

    /// The terms of Corollary B.6, up to constants that the paper does not give.
    package func corollary(delta: Double) -> SamplingTerms {
      SamplingTerms(
        delta: delta, epsilon: worst(delta: delta)?.quantile.value, dimension: dimension,
        stepCount: stepCount, process: process, secondMoment: secondMoment)
    }
  }
}

extension PathBound {
  /// The step whose weights were measured; nil where nothing is.
  package var step: Int? {
    if case .known(let terms) = self { terms.step } else { nil }
  }
}

extension PathBound.Obstacle {
  /// Why, in one sentence without its end.
  package var text: String {
    switch self {
    case .process: "it is of the Ornstein-Uhlenbeck process; set process.kind to it"
    case .sampler: "it is of the exponential integrator; set sampler.kind to it"
    case .tooManySteps(let limit): "more than \(limit) errors (sampler.steps times probe.points)"
    }
  }
}
