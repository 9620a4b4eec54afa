import ScoreCore
import TestSupport
import Testing

@testable import ScoreLab

/// Intervals of numbers that are measured by a few draws.
@Suite struct DrawnNumberTests {
  private static let repeats = 2000
  /// Four standard errors of a share of 0.95.
  private static let tolerance: Double = 4 * (0.95 * 0.05 / Double(repeats)).squareRoot()

  private func share(_ subject: String, purpose: UInt64, _ holds: (inout RandomStream) -> Bool)
    -> Double
  {
    let held = (0..<Self.repeats).count { index in
      var stream = RandomStream(seed: purpose, purpose: .test, index: UInt64(index))
      return holds(&stream)
    }
    HeldShare.tell(subject, held, of: Self.repeats, stated: 0.95)
    return Double(held) / Double(Self.repeats)
  }

  @Test("Of four draws of a normal number the interval holds the mean in 95% of cases")
  func mean() {
    let held = share("rank of the tangent kernel, four draws", purpose: 51) { stream in
      let values = (0..<4).map { _ in 3 + stream.normal() }
      let reach = DrawnNumber.reach(draws: 4)
      return DrawnNumber(ofDraws: values, reach: reach).interval.contains(3)
    }
    #expect(abs(held - 0.95) < Self.tolerance, "\(held)")
  }

  @Test("Of five groups the jackknife holds a ratio of means in 95% of cases")
  func ratio() {
    let held = share("ratio of gradients, jackknife of five groups", purpose: 52) { stream in
      let below = (0..<5).map { _ in 4 + 0.3 * stream.normal() }
      let above = below.map { 0.5 * $0 + 0.2 * stream.normal() }
      let reach = DrawnNumber.reach(draws: 5)
      return DrawnNumber(ofRatio: above, to: below, reach: reach).interval.contains(0.5)
    }
    // A ratio of means that vary by a few hundredths is bent by less than that.
    #expect(abs(held - 0.95) < Self.tolerance + 0.005, "\(held)")
  }

  @Test("Wilson's interval holds a share, on the mean over shares, in 95% of cases")
  func wilson() {
    let held = share("share of points, Wilson", purpose: 53) { stream in
      let p = 0.05 + 0.9 * stream.uniform()
      let right = (0..<200).count { _ in stream.uniform() < p }
      return FeatureLevelMeasurement.share(Double(right) / 200, of: 200).interval.contains(p)
    }
    // Over a range of shares the steps of the binomial distribution average out (Brown, Cai and DasGupta
    // 2001, "Interval estimation for a binomial proportion", figure 5).
    #expect(abs(held - 0.95) < Self.tolerance + 0.005, "\(held)")
  }
}
