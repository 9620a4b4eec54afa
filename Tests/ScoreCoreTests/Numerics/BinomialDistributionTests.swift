import Glibc
import TestSupport
import Testing

@testable import ScoreCore

@Suite struct BinomialDistributionTests {
  /// n, p, k, log P(K = k), P(K <= k), P(K >= k): scipy.stats.binom.
  static let rows: [(n: Int, p: Double, k: Int, log: Double, lower: Double, upper: Double)] = [
    (
      1, 0.3, 0, -0.35667494393873245, 0.7,
      1.0
    ),
    (
      20, 0.5, 3, -6.824160069810366, 0.0012884140014648438,
      0.9997987747192383
    ),
    (
      20, 0.5, 10, -1.7361522965964529, 0.5880985260009766,
      0.5880985260009766
    ),
    (
      1000, 0.01, 0, -10.050335853501442, 4.3171247410658195e-05,
      1.0
    ),
    (
      1000, 0.01, 10, -2.0735373169598272, 0.5830408033010979,
      0.5426994078251132
    ),
    (
      1000, 0.01, 40, -28.656036149873692, 0.99999999999989,
      4.688553566249777e-13
    ),
    (
      10000, 0.001, 3, -4.886306050078229, 0.01030958170281538,
      0.9972396759092509
    ),
    (
      100000, 0.7, 69000, -29.565904314775253, 3.0732243670971453e-12,
      0.9999999999970712
    ),
    (
      100000, 0.7, 70400, -9.710502696878393, 0.9971694606509697,
      0.0028911825703039767
    ),
  ]

  @Test("Masses and tails agree with scipy", arguments: rows)
  func tails(row: (n: Int, p: Double, k: Int, log: Double, lower: Double, upper: Double)) {
    let distribution = BinomialDistribution(count: row.n, probability: row.p)
    // lgamma(n) of 1e5 is 1e6, rounded by 1e-10.
    #expect(abs(distribution.logMass(row.k) - row.log) <= 1e-9 * max(1, abs(row.log)))
    #expect(abs(distribution.lowerTail(row.k) - row.lower) <= 1e-9 * row.lower)
    #expect(abs(distribution.upperTail(row.k) - row.upper) <= 1e-9 * row.upper)
  }

  @Test("The quantile is the first count that reaches the probability")
  func quantile() {
    for (n, p) in [(1, 0.3), (20, 0.5), (1000, 0.01), (100_000, 0.7)] {
      let distribution = BinomialDistribution(count: n, probability: p)
      for u in [0.001, 0.025, 0.5, 0.975, 0.999] {
        let k = distribution.quantile(u)
        #expect(distribution.lowerTail(k) >= u && distribution.lowerTail(k - 1) < u)
      }
    }
  }

  @Test("Clopper-Pearson intervals agree with scipy")
  func interval() {
    // scipy.stats.binomtest(k, n).proportion_ci(method="exact")
    for (k, n, lower, upper) in [
      (0, 4000, 0.0, 0.0009217947496064361),
      (3, 10, 0.06673951117773447, 0.652452850060008),
      (10, 10, 0.6915028921812371, 1.0),
      (835, 4000, 0.1962465666191597, 0.22168028436488027),
      (1, 4000, 6.329431957351027e-06, 0.0013921151219735432),
    ] {
      let found = BinomialDistribution.interval(successes: k, of: n)
      #expect(abs(found.lower - lower) <= 1e-9 && abs(found.upper - upper) <= 1e-9)
    }
  }

  @Test("Clopper-Pearson intervals hold a probability in at least 95% of samples")
  func coverage() {
    var held = 0
    for index in 0..<2000 {
      var stream = RandomStream(seed: 54, purpose: .test, index: UInt64(index))
      let p = stream.uniform()
      let successes = (0..<40).count { _ in stream.uniform() < p }
      let found = BinomialDistribution.interval(successes: successes, of: 40)
      if (found.lower...found.upper).contains(p) { held += 1 }
    }
    HeldShare.tell("probability (Clopper-Pearson)", held, of: 2000, stated: 0.95, isAtLeast: true)
    // Four standard errors below; it is cautious, but an interval that always held would be no use.
    let standardError: Double = (0.95 * 0.05 / 2000).squareRoot()
    #expect(Double(held) / 2000 > 0.95 - 4 * standardError && held < 1990)
  }
}
