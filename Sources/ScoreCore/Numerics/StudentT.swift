import Glibc

/// Student's t distribution.
package enum StudentT {
  /// The value that the distribution is below with probability `p`, to about 1e-12.
  ///
  /// With `t = sqrt(k) tan u` the probability of `0 < T < t` is the integral of `cos^(k-1)` up to
  /// u, over twice that up to a right angle. The root in u is found by bisection.
  ///
  /// Source: Student 1908, "The probable error of a mean".
  ///
  /// - Precondition: `0 < p < 1` and at least one degree of freedom.
  package static func quantile(_ p: Double, degreesOfFreedom: Int) -> Double {
    precondition(p > 0 && p < 1, "A quantile needs 0 < p < 1.")
    precondition(degreesOfFreedom >= 1, "A t distribution has a degree of freedom.")
    guard p >= 0.5 else { return -quantile(1 - p, degreesOfFreedom: degreesOfFreedom) }
    let k = Double(degreesOfFreedom)
    let whole = Double.pi.squareRoot() * exp(lgamma(k / 2) - lgamma((k + 1) / 2))
    var (low, high) = (0.0, Double.pi / 2)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let share = AdaptiveQuadrature.integrate(over: [0, middle]) { angles in
        angles.map { pow(cos($0), k - 1) }
      }
      if share / whole < p - 0.5 { low = middle } else { high = middle }
    }
    return k.squareRoot() * tan((low + high) / 2)
  }
}
