import ScoreCore
import ScoreLab

/// The median of independent repeats, with an interval that needs no distribution of them.
struct MedianEstimate: Sendable, Equatable {
  /// The middle value, or the mean of the two middle ones; NaN for none.
  let value: Double
  /// A 95% interval, without ends below six values.
  ///
  /// The order statistics at the ranks that a binomial number of values below the median stays
  /// between.
  let interval: ClosedRange<Double>

  /// Sorts the values of the repeats; one that is no number leaves nothing to say.
  init(_ values: [Double]) {
    guard !values.isEmpty, !values.contains(where: \.isNaN) else {
      (value, interval) = (.nan, -.infinity ... .infinity)
      return
    }
    let sorted = values.sorted()
    let n = sorted.count
    value = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2
    // As many values may lie below the median as a fair coin shows heads.
    let rank = BinomialDistribution(count: n, probability: 0.5).quantile(0.025)
    interval = rank == 0 ? -.infinity ... .infinity : sorted[rank - 1]...sorted[n - rank]
  }
}

extension Check {
  /// A claim about the median over training sets, nil while some are missing.
  static func medianClaim(
    _ name: String, _ statement: String, _ values: [Double]?, _ requirement: Requirement,
    _ basis: String
  ) -> Check {
    let median = values.map { MedianEstimate($0) }
    let count = values.map { " of \($0.count) training sets" } ?? ""
    return Check(
      .claim, name, "median over training sets of \(statement)", measured: median?.value,
      interval: median?.interval, requirement,
      basis: "\(basis); interval from binomial ranks\(count)")
  }
}
