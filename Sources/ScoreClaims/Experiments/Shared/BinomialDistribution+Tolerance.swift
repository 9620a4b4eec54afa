import ScoreCore
import ScoreLab

extension BinomialDistribution {
  /// How far a share of successes may be from its probability: farther in one case of 10,000.
  ///
  /// Exact, so that it holds where successes are too few for a standard error.
  ///
  /// - Parameters:
  ///   - probability: From 0 to 1; at the ends no distance is allowed.
  ///   - count: The number of trials, at least 1.
  /// - Returns: A distance of shares, from 0 to 1.
  static func shareTolerance(of probability: Double, count: Int) -> Double {
    guard probability > 0 && probability < 1 else { return 0 }
    let distribution = BinomialDistribution(count: count, probability: probability)
    let (low, high) = (distribution.quantile(5e-5), distribution.quantile(1 - 5e-5))
    let n = Double(count)
    return max(probability - Double(low) / n, Double(high) / n - probability)
  }
}

extension ClosedRange<Double> {
  /// The Clopper-Pearson interval of a share, 95%.
  static func share(_ successes: Int, of count: Int) -> Self {
    let interval = BinomialDistribution.interval(successes: successes, of: count)
    return interval.lower...interval.upper
  }
}
