import ScoreCore
import TestSupport
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct MedianEstimateTests {
  @Test("Intervals are the order statistics of the tables, and endless below six values")
  func ranks() {
    // Conover 1999, Practical Nonparametric Statistics, 3.2: ranks of the 95% interval of a median.
    for (n, rank) in [(6, 1), (8, 1), (9, 2), (12, 3), (20, 6), (25, 8)] {
      let estimate = MedianEstimate((1...n).reversed().map { Double($0) })
      #expect(estimate.interval == Double(rank)...Double(n + 1 - rank), "n = \(n)")
      #expect(estimate.value == Double(n + 1) / 2)
    }
    #expect(MedianEstimate([1, 2, 3, 4, 5]).interval == -.infinity ... .infinity)
    #expect(MedianEstimate([]).value.isNaN)
    #expect(MedianEstimate([1, .nan, 2, 3, 4, 5, 6]).value.isNaN)
  }

  @Test("The interval covers the median of a skewed distribution in at least 95% of cases")
  func coverage() {
    var stream = RandomStream(seed: 4, purpose: .test)
    let trials = 2000
    let covered = (0..<trials).count { _ in
      // The squares of normal numbers have the median 0.454936 (chi-squared, one degree).
      let values = (0..<20).map { _ in
        let z = stream.normal()
        return z * z
      }
      return MedianEstimate(values).interval.contains(0.454936)
    }
    HeldShare.tell(
      "median, between order statistics", covered, of: trials, stated: 0.95, isAtLeast: true)
    // Exactly 0.9586; five standard errors of 2000 trials are 0.022.
    #expect(abs(Double(covered) / Double(trials) - 0.9586) < 0.022)
  }

  @Test(
    "A share is within its tolerance but in one case of 10,000, by scipy's binomial distribution")
  func shareTolerance() {
    // scipy.stats.binom.ppf([5e-5, 1 - 5e-5], n, p) / n - p, the larger in size.
    for (p, n, expected) in [(0.9, 400, 0.0625), (0.0001, 2_000_000, 2.85e-05), (0.5, 20, 0.4)] {
      #expect(abs(BinomialDistribution.shareTolerance(of: p, count: n) - expected) < 1e-12)
    }
    #expect(BinomialDistribution.shareTolerance(of: 0, count: 5) == 0)
    #expect(BinomialDistribution.shareTolerance(of: 1, count: 5) == 0)
  }
}
