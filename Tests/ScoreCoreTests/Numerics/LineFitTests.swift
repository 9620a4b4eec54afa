import Glibc
import TestSupport
import Testing

@testable import ScoreCore

@Suite struct LineFitTests {
  @Test(
    "Student's t quantiles are those of the printed tables",
    arguments: [
      (1, 12.7062), (2, 4.30265), (5, 2.57058), (10, 2.22814), (30, 2.04227), (120, 1.97993),
    ])
  func studentQuantiles(degrees: Int, expected: Double) {
    // The tables have six digits.
    let value = StudentT.quantile(0.975, degreesOfFreedom: degrees)
    #expect(abs(value - expected) < 1e-5 * expected)
    #expect(StudentT.quantile(0.025, degreesOfFreedom: degrees) == -value)
  }

  @Test("With many degrees of freedom the t distribution is nearly normal")
  func studentLimit() {
    // The next term of the expansion is (z^3 + z) / (4 k), 2.4e-6 here.
    let normal = StandardNormal.quantile(0.975)
    #expect(abs(StudentT.quantile(0.975, degreesOfFreedom: 1_000_000) - normal) < 4e-6)
  }

  @Test("Points on a power law give its power with no error")
  func powerLaw() throws {
    let x = [30.0, 100, 300, 1000]
    let fit = try #require(LineFit.powerLaw(x: x + [5], y: x.map { 7 * pow($0, -0.4) } + [.nan]))
    #expect(abs(fit.slope + 0.4) < 1e-14 && abs(fit.intercept - log(7)) < 1e-13)
    #expect(fit.slopeError < 1e-14 && fit.count == 4)
  }

  @Test("Slope, error and interval are those worked out by hand")
  func byHand() throws {
    // x = 1...4, y = 2, 3, 5, 5: slope 1.1, residual sum 0.7, error sqrt(0.35 / 5).
    let fit = try #require(LineFit(x: [1, 2, 3, 4], y: [2, 3, 5, 5]))
    #expect(abs(fit.slope - 1.1) < 1e-14 && abs(fit.intercept - 1) < 1e-14)
    #expect(abs(fit.slopeError - 0.07.squareRoot()) < 1e-14)
    let interval = try #require(fit.slopeInterval())
    #expect(abs(interval.upperBound - 1.1 - 4.30265 * 0.07.squareRoot()) < 1e-5)
    #expect(abs(interval.lowerBound - 1.1 + 4.30265 * 0.07.squareRoot()) < 1e-5)
  }

  @Test("The interval of 95% holds the true slope in 95% of samples of six points")
  func coverage() throws {
    var hits = 0
    for index in 0..<2000 {
      var stream = RandomStream(seed: 5, purpose: .test, index: UInt64(index))
      let x = (0..<6).map { Double($0) }
      let y = x.map { 3 - 0.5 * $0 + stream.normal() }
      let fit = try #require(LineFit(x: x, y: y))
      if try #require(fit.slopeInterval()).contains(-0.5) { hits += 1 }
    }
    HeldShare.tell("slope of a line", hits, of: 2000, stated: 0.95)
    // Four standard errors of a share of 0.95 in 2000.
    #expect(abs(Double(hits) / 2000 - 0.95) < 4 * (0.95 * 0.05 / 2000).squareRoot())
  }

  @Test("There is no line through one place, and no interval about two points")
  func degenerate() {
    #expect(LineFit(x: [1], y: [1]) == nil && LineFit(x: [2, 2], y: [1, 3]) == nil)
    #expect(LineFit(x: [1, 2], y: [1, 3])?.slopeInterval() == nil)
  }
}
