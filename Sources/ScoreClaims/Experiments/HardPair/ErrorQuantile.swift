import ScoreCore
import ScoreLab

/// A quantile of a sample of errors with its interval, and how far it is from a closed form.
struct ErrorQuantile: Codable, Sendable {
  let estimate: QuantileEstimate
  /// By how many standard errors of a share the sample says that the expected number is not its
  /// quantile; NaN where nothing is expected.
  let deviation: Double

  var delta: Double { estimate.delta }
  var value: Double { estimate.orderStatistic }
  var interval: ClosedRange<Double> { estimate.interval }

  /// The order statistic that a share delta of the sample exceeds.
  ///
  /// - Precondition: `errors` ascend and are not empty.
  init(of errors: [Double], delta: Double, expected: Double = .nan) {
    estimate = QuantileEstimate(ofSorted: errors, delta: delta)
    let n = Double(errors.count)
    let shareAbove = Double(errors.count { $0 > expected }) / n
    let shareAtLeast = Double(errors.count { $0 >= expected }) / n
    let spread = (delta * (1 - delta) / n).squareRoot()
    deviation =
      expected.isNaN ? .nan : max(0, shareAbove - delta, delta - shareAtLeast) / spread
  }
}
