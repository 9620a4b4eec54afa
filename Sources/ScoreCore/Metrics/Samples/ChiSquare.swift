import Glibc

/// The chi-square distribution.
enum ChiSquare {
  /// The probability that the distribution exceeds `x`, to about 1e-14.
  ///
  /// It is the regularised incomplete gamma function `Q(k/2, x/2)`: a series below the mean, a
  /// continued fraction above.
  ///
  /// Source: Abramowitz and Stegun 1964, 6.5.29 (series) and 6.5.31 (fraction), 26.4.19.
  static func tail(_ x: Double, degreesOfFreedom: Int) -> Double {
    precondition(degreesOfFreedom >= 1, "A chi-square distribution has a degree of freedom.")
    guard x > 0 else { return 1 }
    guard x < .infinity else { return 0 }
    let (a, z) = (Double(degreesOfFreedom) / 2, x / 2)
    let front = exp(a * log(z) - z - lgamma(a))
    return z < a + 1 ? 1 - front * series(a, z) : front * fraction(a, z)
  }

  // sum_n z^n / (a (a + 1) ... (a + n))
  private static func series(_ a: Double, _ z: Double) -> Double {
    var term = 1 / a
    var sum = term
    var n = 1.0
    while term > 1e-17 * sum {
      term *= z / (a + n)
      sum += term
      n += 1
    }
    return sum
  }

  // 1/(z+1-a- 1(1-a)/(z+3-a- 2(2-a)/(z+5-a- ...))), by Lentz's method.
  private static func fraction(_ a: Double, _ z: Double) -> Double {
    var b = z + 1 - a
    var c = Double.infinity
    var d = 1 / b
    var value = d
    for n in 1...100_000 {
      let numerator = -Double(n) * (Double(n) - a)
      b += 2
      d = 1 / (numerator * d + b)
      c = b + numerator / c
      let factor = c * d
      value *= factor
      if abs(factor - 1) < 1e-16 { break }
    }
    return value
  }
}
