import Glibc

/// The standard normal distribution `N(0, 1)`: tails, quantiles and intervals to float64 accuracy.
///
/// Logarithms stay finite and accurate where the probabilities themselves underflow.
public enum StandardNormal {
  package static let logSqrtTwoPi = 0.918_938_533_204_672_74

  /// The density `phi(x)`.
  public static func density(_ x: Double) -> Double { exp(-x * x / 2 - logSqrtTwoPi) }

  /// The distribution function `Phi(x) = P(Z <= x)`.
  public static func cdf(_ x: Double) -> Double { erfc(-x * 0.5.squareRoot()) / 2 }

  /// The upper tail `Q(x) = P(Z > x)`.
  public static func tail(_ x: Double) -> Double { erfc(x * 0.5.squareRoot()) / 2 }

  /// The logarithm of the upper tail, in nats; finite while `x^2` is.
  public static func logTail(_ x: Double) -> Double {
    guard x > 0 else { return log1p(-tail(-x)) }
    return log(millsRatio(x)) - x * x / 2 - logSqrtTwoPi
  }

  /// The Mills ratio `Q(x) / phi(x)` for `x >= 0`, which decays like `1 / x`.
  static func millsRatio(_ x: Double) -> Double {
    x > 3 ? 1 / (x + hazardExcess(x)) : tail(x) * exp(x * x / 2 + logSqrtTwoPi)
  }

  /// `phi(x) / Q(x) - x` for `x >= 0`: the hazard over its asymptote, which decays like `1 / x`.
  ///
  /// Source: Laplace's continued fraction, Abramowitz and Stegun 1964, 26.2.14.
  static func hazardExcess(_ x: Double) -> Double {
    guard x > 3 else { return 1 / millsRatio(x) - x }
    guard x < 1e8 else { return 1 / x }
    // Terms needed for a relative error of 1e-16, found by comparison with 50-digit values.
    let terms = Int((500 / (x * x)).rounded(.up)) + 10
    var fraction = x
    for k in stride(from: terms, to: 1, by: -1) { fraction = x + Double(k) / fraction }
    return 1 / fraction
  }

  /// The quantile function, the inverse of ``cdf(_:)``.
  ///
  /// Source: start from Abramowitz and Stegun 1964, 26.2.23 (error below 4.5e-4), then Newton.
  ///
  /// - Precondition: `0 < p < 1`.
  public static func quantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1, "A quantile needs a probability strictly between 0 and 1.")
    if p > 0.75 { return -quantile(1 - p) }  // 1 - p is exact here
    let s = (-2 * log(min(p, 1 - p))).squareRoot()
    let numerator = 2.515_517 + s * (0.802_853 + s * 0.010_328)
    let t = s - numerator / (1 + s * (1.432_788 + s * (0.189_269 + s * 0.001_308)))
    return p >= 0.25
      ? centralQuantile(p - 0.5, from: p < 0.5 ? -t : t) : -tailQuantile(log(p), from: t)
  }

  // Near the middle the distance from 1/2 is exact and keeps full relative accuracy.
  private static func centralQuantile(_ offset: Double, from start: Double) -> Double {
    guard offset != 0 else { return 0 }
    var x = start
    for _ in 0..<4 { x -= (erf(x * 0.5.squareRoot()) / 2 - offset) / density(x) }
    return x
  }

  // In the tail Newton runs on the logarithm, which is nearly a parabola.
  private static func tailQuantile(_ logP: Double, from start: Double) -> Double {
    var t = start
    for _ in 0..<4 { t += (logTail(t) - logP) * millsRatio(t) }
    return t
  }

  /// The logarithm of `P(lower < Z < upper)`.
  ///
  /// - Precondition: `lower < upper`.
  public static func logProbability(from lower: Double, to upper: Double) -> Double {
    interval(from: lower, to: upper).logProbability
  }
}
