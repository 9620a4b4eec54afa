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
  /// - Precondition: `errors` ascend and are not empty.
  init(of errors: [Double], delta: Double, expected: Double) {
    let estimate = QuantileEstimate(ofSorted: errors, delta: delta)
    self.delta = delta
    value = estimate.orderStatistic
    lower = estimate.interval.lowerBound
    upper = estimate.interval.upperBound
    let n = Double(errors.count)
    let shareAbove = Double(errors.count { $0 > expected }) / n
    let shareAtLeast = Double(errors.count { $0 >= expected }) / n
    let spread = (delta * (1 - delta) / n).squareRoot()
    deviation = max(0, shareAbove - delta, delta - shareAtLeast) / spread
  }
}
