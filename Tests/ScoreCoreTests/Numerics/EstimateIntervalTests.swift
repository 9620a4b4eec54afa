import ScoreCore
import TestSupport
import Testing

@Suite struct EstimateIntervalTests {
  @Test("The interval of a mean is that of the printed tables")
  func byHand() throws {
    // Mean 2, standard error sqrt(1/3), t = 4.30265 with two degrees of freedom.
    let interval = try #require(Estimate.meanInterval(of: [1, 2, 3]))
    let reach = 4.30265 / 3.0.squareRoot()
    #expect(abs(interval.upperBound - 2 - reach) < 1e-5)
    #expect(abs(interval.lowerBound - 2 + reach) < 1e-5)
  }

  @Test("It holds the mean of four normal numbers in 95% of samples")
  func coverage() throws {
    var hits = 0
    for index in 0..<2000 {
      var stream = RandomStream(seed: 6, purpose: .test, index: UInt64(index))
      let values = stream.normals(count: 4, dimension: 1).values
      if try #require(Estimate.meanInterval(of: values)).contains(0) { hits += 1 }
    }
    HeldShare.tell("mean of four (Student)", hits, of: 2000, stated: 0.95)
    // Four standard errors of a share of 0.95 in 2000.
    let standardError: Double = (0.95 * 0.05 / 2000).squareRoot()
    #expect(abs(Double(hits) / 2000 - 0.95) < 4 * standardError)
  }

  @Test("One value, and one that is not finite, leave no interval")
  func none() {
    #expect(Estimate.meanInterval(of: [1]) == nil)
    #expect(Estimate.meanInterval(of: [1, .nan]) == nil)
  }
}
