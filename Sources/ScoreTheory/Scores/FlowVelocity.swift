public import ScoreCore

/// The velocity of flow matching that a score implies, and the other way round.
///
/// On the straight path `x = alpha x_0 + sigma z` with `alpha = 1 - t`, `sigma = t` the velocity is the mean of
/// the flow target given x,
/// ```
/// v(x) = E[z - x_0 | x] = -(x + sigma s(x)) / alpha,    s(x) = -(x + alpha v(x)) / sigma
/// ```
/// so errors are in proportion at every point: `||v_hat - v|| = (sigma / alpha) ||s_hat - s||`. An L2 error and
/// each quantile `D_delta` of one are `sigma / alpha` times those of the other.
///
/// Source: Lipman et al. 2023 (arXiv:2210.02747), example II, for the path; the conversion is derived here.
public struct FlowVelocity: Sendable {
  public let level: NoiseLevel
  private let conversion: ScoreConversion

  /// - Precondition: There is noise.
  public init(at level: NoiseLevel) {
    precondition(level.sigma > 0, "A velocity determines a score where there is noise.")
    self.level = level
    conversion = ScoreConversion(FlowTarget().coefficients(at: level), at: level)
  }

  /// `||v_hat - v|| / ||s_hat - s||`: `sigma / alpha` on the straight path.
  public var errorFactor: Double { 1 / abs(conversion.scoreFromTarget) }

  /// The velocity at points, of the shape of x, from the score there.
  public func velocity(at x: Points, score: Points) -> Points {
    combine(score, 1 / conversion.scoreFromTarget, x, -conversion.scoreFromPoint)
  }

  /// The score at points, of the shape of x, from the velocity there.
  public func score(at x: Points, velocity: Points) -> Points {
    combine(
      velocity, conversion.scoreFromTarget, x,
      conversion.scoreFromPoint / conversion.scoreFromTarget)
  }

  /// `factor (y + share x)`.
  private func combine(_ y: Points, _ factor: Double, _ x: Points, _ share: Double) -> Points {
    precondition(y.values.count == x.values.count, "Each coordinate has a value.")
    return Points(
      values: zip(y.values, x.values).map { factor * ($0 + share * $1) }, dimension: x.dimension)
  }
}
