import Glibc

/// Fisher's F distribution, of the ratio of two independent mean squares.
enum FisherF {
  /// The probability that the ratio exceeds `f`, to about 1e-12 of itself.
  ///
  /// With a and b degrees of freedom above and below it is the regularised incomplete beta function
  /// `I_x(b/2, a/2)` at `x = b / (b + a f)`.
  ///
  /// Source: NIST Digital Library of Mathematical Functions, 8.17.
  ///
  /// - Parameters:
  ///   - f: The ratio.
  ///   - numerator: The degrees of freedom of the mean square above, at least 1.
  ///   - denominator: Those of the mean square below, at least 1.
  /// - Returns: A probability in 0...1; NaN where the ratio is.
  static func upperTail(_ f: Double, numerator: Int, denominator: Int) -> Double {
    precondition(numerator >= 1 && denominator >= 1, "A mean square has a degree of freedom.")
    guard !f.isNaN else { return .nan }
    guard f > 0 else { return 1 }
    let (a, b) = (Double(numerator), Double(denominator))
    // Both x and 1 - x are formed without a difference, so that small tails keep their digits.
    let x = 1 / (1 + a / b * f)
    let y = f.isFinite ? 1 / (1 + b / (a * f)) : 1
    // The fraction converges fast on the near side of the mean of the beta distribution only.
    return x < (b / 2 + 1) / ((a + b) / 2 + 2)
      ? incompleteBeta(x, y, b / 2, a / 2) : 1 - incompleteBeta(y, x, a / 2, b / 2)
  }

  /// `I_x(p, q)` with `y = 1 - x`, by its continued fraction.
  ///
  /// Source: NIST Digital Library of Mathematical Functions, 8.17.22, evaluated as in Lentz 1976.
  private static func incompleteBeta(
    _ x: Double, _ y: Double, _ p: Double, _ q: Double
  ) -> Double {
    guard x > 0 else { return 0 }
    let tiny = 1e-300
    var (c, d) = (1.0, 1 / nonzero(1 - (p + q) * x / (p + 1), tiny))
    var fraction = d
    for m in 1...10_000 {
      let m = Double(m)
      let even = m * (q - m) * x / ((p + 2 * m - 1) * (p + 2 * m))
      let odd = -(p + m) * (p + q + m) * x / ((p + 2 * m) * (p + 2 * m + 1))
      var change = 1.0
      for term in [even, odd] {
        d = 1 / nonzero(1 + term * d, tiny)
        c = nonzero(1 + term / c, tiny)
        change = c * d
        fraction *= change
      }
      if abs(change - 1) < 1e-15 { break }
    }
    let logFactor = p * log(x) + q * log(y) + lgamma(p + q) - lgamma(p) - lgamma(q)
    return exp(logFactor) * fraction / p
  }

  private static func nonzero(_ value: Double, _ least: Double) -> Double {
    abs(value) < least ? least : value
  }
}
