import Glibc
import ScoreCore
import ScoreTheory
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct PosteriorEstimationTests {
  @Test(
    "Ranks of draws of the same law have spread 1, and above it where draws are spread too little")
  func ranks() {
    let simulator = LinearGaussianSimulator(dimension: 2)
    var stream = RandomStream(seed: 4, purpose: .test)
    let (parameters, observations) = simulator.drawPairs(count: 2000, using: &stream)
    func ranks(_ scale: Double) -> RankHistogram {
      RankHistogram(
        ExactPosterior(simulator: simulator, scale: scale), parameters: parameters,
        observations: observations, draws: 49, seed: 5)
    }
    let (exact, narrow) = (ranks(1), ranks(0.7))
    for axis in 0..<2 {
      // Five standard errors of a deviation of 0.9.
      #expect(abs(Estimate(exact.spreads(axis: axis)).value - 1) < 0.1)
      #expect(Estimate(narrow.spreads(axis: axis)).value > 1.3)
      #expect(exact.chiSquares(bins: 10)[axis] < 40 && narrow.chiSquares(bins: 10)[axis] > 60)
    }
    #expect(exact.binned(10).allSatisfy { $0.reduce(0, +) == 2000 })
  }

  @Test("Linear regression finds the posterior of the linear Gaussian simulator")
  func regression() {
    let simulator = LinearGaussianSimulator(dimension: 2)
    var stream = RandomStream(seed: 6, purpose: .test)
    let (parameters, observations) = simulator.drawPairs(count: 20_000, using: &stream)
    let drawn = RegressionPosterior(parameters, observations).draw(
      given: [1, -1], count: 20_000, seed: 7)
    for (axis, sign) in [(0, 1.0), (1, -1.0)] {
      let column = drawn.column(axis)
      #expect(abs(Estimate(column).value - sign * 10 / 13) < 0.02)
      let squares = column.map { ($0 - sign * 10 / 13) * ($0 - sign * 10 / 13) }
      #expect(abs(Estimate(squares).value - 3.0 / 13) < 0.01)
    }
  }

  @Test("A scale of columns standardises, and is undone")
  func scale() {
    let points = Points(rows: [[1, 10], [3, 30], [5, 20]])
    let scale = ColumnScale(of: points)
    let applied = scale.applied(to: points)
    for axis in 0..<2 {
      #expect(abs(Estimate(applied.column(axis)).value) < 1e-12)
      #expect(abs(Estimate(applied.column(axis).map { $0 * $0 }).value - 1) < 1e-12)
    }
    let back = scale.undone(on: applied)
    #expect(zip(back.values, points.values).allSatisfy { abs($0 - $1) < 1e-12 })
  }
}
