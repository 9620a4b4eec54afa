import Glibc

/// What the mean of `exp(z u_1)` over the unit sphere of a space needs: Bessel functions of the
/// orders `m / 2 - 1` and `m / 2`, for a space of m dimensions.
extension ModifiedBessel {
  /// From here on the asymptotic series reaches float64: its terms fall as `(order^2 / 2 z)^k / k!`
  /// and then to near `exp(-2 z)`.
  private static func asymptotic(_ order: Double) -> Double { 20 + order * order }

  /// The mean of `u_1` under the density proportional to `exp(z u_1)` on the unit sphere of R^m:
  /// `I_(m/2)(z) / I_(m/2 - 1)(z)`, for `z >= 0` and `m >= 1`; ``ratio(_:)`` at m = 2.
  ///
  /// Source: Mardia and Jupp 2000, Directional Statistics, 9.3.7; the continued fraction of
  /// Abramowitz and Stegun 1964, 9.6.26, and their 9.7.1.
  static func ratio(_ z: Double, space m: Int) -> Double {
    guard z > 0 else { return z }
    let order = Double(m) / 2 - 1
    if z >= asymptotic(order) {
      return series(z, order: order + 1) / series(z, order: order)
    }
    // I_(n+1) / I_n = 1 / (2 (n + 1) / z + I_(n+2) / I_(n+1)); above 2 z a step divides an error by
    // more than 10.
    var fraction = 0.0
    for n in stride(from: (2 * z).rounded(.up) + 30, through: 1, by: -1) {
      fraction = 1 / (2 * (order + n) / z + fraction)
    }
    return fraction
  }

  /// How ``ratio(_:space:)`` changes with z: `1 - (m - 1) A / z - A^2`, and `1 / m` at 0.
  static func ratioSlope(_ z: Double, space m: Int) -> Double {
    // Below this the terms cancel to what is left of the square of z.
    guard z > 1e-5 else { return 1 / Double(m) }
    let a = ratio(z, space: m)
    return 1 - Double(m - 1) * a / z - a * a
  }

  /// `log E exp(z u_1) - z` over the unit sphere of R^m, for `z >= 0`; ``logScaledI0(_:)`` at m = 2.
  ///
  /// Source: Abramowitz and Stegun 1964, 9.6.10 (power series) and 9.7.1 (large argument).
  static func logSphereMean(_ z: Double, space m: Int) -> Double {
    if z.isNaN { return z }
    let order = Double(m) / 2 - 1
    if z >= asymptotic(order) {
      return log(series(z, order: order)) - log(2 * Double.pi * z) / 2 + lgamma(order + 1)
        + order * log(2 / z)
    }
    let quarter = z * z / 4
    var (term, sum, k, shift) = (1.0, 1.0, 1.0, 0.0)
    while term > 1e-18 * sum {
      term *= quarter / (k * (k + order))
      sum += term
      k += 1
      // The sum is near exp(z), which float64 does not hold from z = 709 on.
      if sum > 1e200 { (term, sum, shift) = (term * 1e-200, sum * 1e-200, shift + 200 * log(10)) }
    }
    return log(sum) + shift - z
  }

  // I_order(z) exp(-z) sqrt(2 pi z).
  private static func series(_ z: Double, order: Double) -> Double {
    var (term, sum, k) = (1.0, 1.0, 1.0)
    while abs(term) > 1e-17 && k < 2 * z {
      term *= ((2 * k - 1) * (2 * k - 1) - 4 * order * order) / (8 * k * z)
      sum += term
      k += 1
    }
    return sum
  }
}
