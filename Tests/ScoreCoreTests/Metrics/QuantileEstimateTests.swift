import ScoreCore
import TestSupport
import Testing

@Suite struct QuantileEstimateTests {
  private func estimate(_ count: Int, _ delta: Double) -> QuantileEstimate {
    QuantileEstimate(ofSorted: (1...count).map(Double.init), delta: delta)
  }

  // Ranks by scipy.stats.binom.ppf: M - ppf(0.975) and M - ppf(0.025) + 1.
  @Test(
    "The interval is between the order statistics at the binomial's percent points",
    arguments: [
      (200, 0.05, 184.0, 197.0), (400, 0.05, 371, 389), (2000, 0.05, 1880, 1920),
      (4000, 0.01, 3947, 3973), (4000, 0.05, 3773, 3828), (1000, 0.01, 983, 997),
    ])
  func ranks(count: Int, delta: Double, lower: Double, upper: Double) {
    #expect(estimate(count, delta).interval == lower...upper)
  }

  @Test("A sample without a rank above the quantile has no upper end")
  func noUpperEnd() {
    // binom(50, 0.05).ppf gives 6 and 0: no rank is above the quantile often enough.
    #expect(estimate(50, 0.05).interval == 44...Double.infinity)
    #expect(estimate(1, 0.5).interval == 0...Double.infinity)
  }

  @Test("The interval covers the true quantile in 95 of 100 samples and hardly more")
  func coverage() {
    // The ranks' own coverage is 0.9620 by scipy; five standard errors of 4000 samples.
    let (count, delta, repeats) = (400, 0.05, 4000)
    var covered = 0
    for index in 0..<repeats {
      var stream = RandomStream(seed: 17, purpose: .test, index: UInt64(index))
      let sample = (0..<count).map { _ in stream.uniform() }.sorted()
      if QuantileEstimate(ofSorted: sample, delta: delta).interval.contains(0.95) { covered += 1 }
    }
    HeldShare.tell(
      "D_delta, between order statistics", covered, of: repeats, stated: 0.95, isAtLeast: true)
    let share = Double(covered) / Double(repeats)
    #expect(abs(share - 0.9620) <= 5 * (0.962 * 0.038 / Double(repeats)).squareRoot())
  }

  @Test(
    "Below 10 / delta points the quantile is unknown, below 100 / delta the points are few",
    arguments: [
      (199, 0.05, QuantileEstimate.Standing.unknown(needed: 200)), (200, 0.05, .few),
      (1999, 0.05, .few), (2000, 0.05, .enough), (999, 0.01, .unknown(needed: 1000)),
      (1000, 0.01, .few), (10_000, 0.01, .enough), (33, 0.3, .unknown(needed: 34)),
      (34, 0.3, .few), (100, 0.1, .few), (1000, 0.1, .enough), (19, 0.5, .unknown(needed: 20)),
    ])
  func standing(count: Int, delta: Double, expected: QuantileEstimate.Standing) {
    let estimate = estimate(count, delta)
    #expect(estimate.standing == expected)
    #expect(QuantileEstimate.standing(count: count, delta: delta) == expected)
    if case .unknown = expected {
      #expect(estimate.value == nil)
    } else {
      #expect(estimate.value == estimate.orderStatistic)
    }
  }

  @Test("The estimate of a distribution is its order statistic")
  func ofDistribution() {
    let errors = ScoreErrorDistribution(
      level: NoiseLevel(alpha: 0.8, sigma: 0.6), time: 0.2,
      unsorted: (1...1000).reversed().map { Float($0) })
    let estimate = errors.quantileEstimate(delta: 0.1)
    #expect(estimate.value == errors.quantileError(delta: 0.1) && estimate.value == 900)
    #expect(estimate.count == 1000 && estimate.delta == 0.1)
  }

  @Test("An error that is no number bounds nothing")
  func notANumber() {
    let errors = (1...990).map(Double.init) + Array(repeating: Double.nan, count: 10)
    let near = QuantileEstimate(ofSorted: errors, delta: 0.015)
    #expect(near.value == 985 && near.interval.upperBound == .infinity)
    let broken = QuantileEstimate(ofSorted: Array(errors.suffix(20)), delta: 0.45)
    #expect(broken.orderStatistic.isNaN)
  }
}
