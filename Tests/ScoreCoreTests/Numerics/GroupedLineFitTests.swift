import Glibc
import TestSupport
import Testing

@testable import ScoreCore

@Suite struct GroupedLineFitTests {
  @Test(
    "Tails of the F distribution are those of scipy.stats.f.sf",
    arguments: [
      // scipy 1.17.1.
      (3, 10, 12.0, 0.0011891302125077345), (1, 5, 6.607890973703368, 0.049999999999999996),
      (6, 16, 2.741, 0.050018586342929466), (2, 2, 1.0, 0.5),
      (40, 120, 1.3, 0.14072895046805967), (6, 16, 0.01, 0.9999938641745815),
      (1, 1, 161.4476, 0.050000005983092066), (5, 3, 28.0, 0.010123010917878076),
      (6, 16, 60.0, 4.4790518395570667e-10), (200, 7, 3.3, 0.04808717250305698),
    ])
  func fisherTails(numerator: Int, denominator: Int, f: Double, expected: Double) {
    let tail = FisherF.upperTail(f, numerator: numerator, denominator: denominator)
    // Logarithms of the gamma function lose about four digits of sixteen.
    #expect(abs(tail - expected) < 1e-12 * expected)
  }

  @Test("The square of a t number has the F distribution with one degree of freedom above")
  func studentSquared() {
    for k in [1, 3, 10, 40] {
      let t = StudentT.quantile(0.99, degreesOfFreedom: k)
      // The quantile is good to about 1e-12.
      #expect(abs(FisherF.upperTail(t * t, numerator: 1, denominator: k) - 0.02) < 1e-11)
    }
  }

  @Test("Ratios at the ends of the line have the tails 1 and 0, and no number has none")
  func fisherEnds() {
    #expect(FisherF.upperTail(0, numerator: 3, denominator: 4) == 1)
    #expect(FisherF.upperTail(.infinity, numerator: 3, denominator: 4) == 0)
    #expect(FisherF.upperTail(.nan, numerator: 3, denominator: 4).isNaN)
  }

  private func groups(_ values: [[Double]]) -> [GroupedLineFit.Group] {
    values.enumerated().map { .init(x: Double($0 + 1), values: $1) }
  }

  @Test("Line, interval and lack of fit are those of numpy's general linear model")
  func workedExample() throws {
    let fit = try #require(
      GroupedLineFit(groups([[1, 1.4], [2.1, 1.9], [3.3, 2.7], [3.6, 4.2], [6, 6.4]])))
    // numpy 2.4.6: lstsq of the ten runs, and of one mean a group, compared by their residuals;
    // the interval by scipy.stats.linregress of the five means.
    #expect(abs(fit.line.slope - 1.19) < 1e-12 && abs(fit.line.intercept + 0.31) < 1e-12)
    let test = try #require(fit.lackOfFit)
    #expect(test.numerator == 3 && test.denominator == 5)
    #expect(abs(test.f - 4.882716049382715) < 1e-12)
    #expect(abs(test.probability - 0.06016663047609174) < 1e-12)
    let interval = try #require(fit.line.slopeInterval())
    #expect(abs(interval.lowerBound - 0.6732402263966685) < 1e-10)
    #expect(abs(interval.upperBound - 1.706759773603332) < 1e-10)
  }

  @Test("About a true line the test rejects as often as its level says")
  func level() throws {
    var rejections = 0
    for index in 0..<2000 {
      var stream = RandomStream(seed: 11, purpose: .test, index: UInt64(index))
      let runs = (0..<8).map { x in (0..<3).map { _ in 2 - 0.5 * Double(x) + stream.normal() } }
      if try #require(GroupedLineFit(groups(runs))?.lackOfFit).probability < 0.05 {
        rejections += 1
      }
    }
    HeldShare.tell("no lack of fit about a true line", 2000 - rejections, of: 2000, stated: 0.95)
    // Four standard errors of a share of 0.05 in 2000.
    #expect(abs(Double(rejections) / 2000 - 0.05) < 4 * (0.05 * 0.95 / 2000).squareRoot())
  }

  @Test(
    "Where means scatter about the line its interval covers the slope, and that of runs does not")
  func clusters() throws {
    var (hits, naive) = (0, 0)
    for index in 0..<1000 {
      var stream = RandomStream(seed: 12, purpose: .test, index: UInt64(index))
      let runs = (0..<8).map { x in
        let mean = -0.5 * Double(x) + stream.normal()
        return (0..<3).map { _ in mean + 0.2 * stream.normal() }
      }
      let fit = try #require(GroupedLineFit(groups(runs))?.line.slopeInterval())
      let x = runs.indices.flatMap { Array(repeating: Double($0 + 1), count: 3) }
      let pooled = try #require(LineFit(x: x, y: runs.flatMap { $0 })?.slopeInterval())
      if fit.contains(-0.5) { hits += 1 }
      if pooled.contains(-0.5) { naive += 1 }
    }
    HeldShare.tell("slope through means of groups", hits, of: 1000, stated: 0.95)
    // Four standard errors of a share of 0.95 in 1000; runs taken as independent make the interval
    // too short by about the square root of three.
    #expect(abs(Double(hits) / 1000 - 0.95) < 4 * (0.95 * 0.05 / 1000).squareRoot())
    #expect(naive < 800)
  }

  @Test("What lies off the line at its lower end is left out, and nothing of a line is")
  func leavingOut() throws {
    let noise = [-0.1, 0, 0.1]
    let line = (1...8).map { x in noise.map { -Double(x) + $0 } }
    let whole = try #require(GroupedLineFit.leavingOutMisfit(groups(line)))
    #expect(whole.firstX == 1 && whole.line.count == 8)
    var bent = line
    bent[0] = bent[0].map { $0 + 5 }
    bent[1] = bent[1].map { $0 + 3 }
    let rest = try #require(GroupedLineFit.leavingOutMisfit(groups(bent).reversed()))
    #expect(rest.firstX == 3 && rest.line.count == 6 && abs(rest.line.slope + 1) < 1e-12)
    let curve = (1...8).map { x in noise.map { Double(x * x) + $0 } }
    let last = try #require(GroupedLineFit.leavingOutMisfit(groups(curve)))
    #expect(last.firstX == 4 && last.line.count == 5)
    #expect(try #require(last.lackOfFit).probability < 0.05)
  }

  @Test("Two places, and single runs, leave no test")
  func degenerate() {
    #expect(GroupedLineFit([]) == nil)
    #expect(GroupedLineFit(groups([[1, 2], [3, 4]]))?.lackOfFit == nil)
    #expect(GroupedLineFit(groups([[1], [3], [4]]))?.lackOfFit == nil)
  }
}
