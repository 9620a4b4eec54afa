/// The size of a whole next to the sizes of its parts, of which no whole is larger than the sum.
///
/// With `s - s_hat = (s - s^a) + (s^a - s^b) + (s^b - s_hat)` that is the triangle inequality of L2,
/// with squares times 3 what follows from it by Cauchy and Schwarz, and for quantiles the union bound
/// ```
/// D_{3 delta}(s, s_hat) <= D_delta(s, s^a) + D_delta(s^a, s^b) + D_delta(s^b, s_hat)
/// ```
/// since each part is larger on a share delta of the points at most.
///
/// Source: Gaur et al. 2025 (arXiv:2505.18344) for the parts; the union bound is derived.
package struct PartSum: Sendable, Equatable {
  package let whole: Double
  package let parts: [Double]

  package init(whole: Double, parts: [Double]) {
    self.whole = whole
    self.parts = parts
  }

  package var sum: Double { parts.reduce(0, +) }

  /// The whole over a factor times the sum of the parts: at most 1.
  package func ratio(factor: Double = 1) -> Double { whole / (factor * sum) }
}
