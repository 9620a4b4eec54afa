import Glibc

/// Modified Bessel functions of the first kind, of orders 0 and 1, scaled so that nothing
/// overflows.
enum ModifiedBessel {
  // From here on the asymptotic series reach float64: their least term is near exp(-2 z).
  private static let asymptotic = 20.0

  /// `log(I_0(z) exp(-z))` for `z >= 0`.
  ///
  /// Source: Abramowitz and Stegun 1964, 9.6.12 (power series) and 9.7.1 (large argument).
  static func logScaledI0(_ z: Double) -> Double {
    if z.isNaN { return z }
    if z >= asymptotic { return log(largeSeries(z, order: 0)) - log(2 * Double.pi * z) / 2 }
    let quarter = z * z / 4
    var term = 1.0
    var sum = 1.0
    var k = 1.0
    while term > 1e-18 * sum {
      term *= quarter / (k * k)
      sum += term
      k += 1
    }
    return log(sum) - z
  }

  /// `I_1(z) / I_0(z)` for `z >= 0`: the mean of `cos` under the von Mises distribution.
  ///
  /// Source: Abramowitz and Stegun 1964, 9.6.26 turned into a continued fraction, and 9.7.1.
  static func ratio(_ z: Double) -> Double {
    guard z > 0 else { return z }
    if z >= asymptotic { return largeSeries(z, order: 1) / largeSeries(z, order: 0) }
    // I_(n+1) / I_n = 1 / (2 (n + 1) / z + I_(n+2) / I_(n+1)); 80 steps settle it for z < 20.
    var fraction = 0.0
    for n in stride(from: 80.0, through: 1, by: -1) { fraction = 1 / (2 * n / z + fraction) }
    return fraction
  }

  // I_order(z) exp(-z) sqrt(2 pi z).
  private static func largeSeries(_ z: Double, order: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    var k = 1.0
    while abs(term) > 1e-17 && k < 2 * z {
      term *= ((2 * k - 1) * (2 * k - 1) - 4 * order * order) / (8 * k * z)
      sum += term
      k += 1
    }
    return sum
  }
}
