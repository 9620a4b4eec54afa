import ScoreCore

/// A quantile of a sample of errors, with an interval that needs no law of them.
struct ErrorQuantile: Sendable {
  let delta: Double
  let value: Double
  let lower: Double
  let upper: Double
  /// By how many standard errors of a share the sample says that the expected number is not its
  /// quantile.
  let deviation: Double

  /// The order statistic that a share delta of the sample exceeds.
  ///
  /// The number of draws above the true quantile is binomial, so the order statistics at the ranks
  /// of its 2.5 and 97.5 percent points enclose it with a confidence of 95 percent.
  ///
  /// - Precondition: `errors` ascend and are not empty.
  init(of errors: [Double], delta: Double, expected: Double) {
    let law = BinomialLaw(count: errors.count, probability: delta)
    let last = errors.count - 1
    func above(_ count: Int) -> Double { errors[min(max(last - count, 0), last)] }
    self.delta = delta
    value = above(Int((delta * Double(errors.count)).rounded(.down)))
    lower = above(law.quantile(0.975))
    upper = above(law.quantile(0.025) - 1)
    let n = Double(errors.count)
    let shareAbove = Double(errors.count { $0 > expected }) / n
    let shareAtLeast = Double(errors.count { $0 >= expected }) / n
    let spread = (delta * (1 - delta) / n).squareRoot()
    deviation = max(0, shareAbove - delta, delta - shareAtLeast) / spread
  }
}
