import Glibc
import ScoreCore
import ScoreTheory
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct ConvexMinimiserTests {
  @Test("The Kolmogorov distance of a law's own quantiles, and of moved ones")
  func kolmogorov() {
    let quantiles = (0..<100).map { StandardNormal.quantile((Double($0) + 0.5) / 100) }
    let own = ConvexMinimiserPlan.kolmogorov(quantiles) { StandardNormal.cdf($0) }
    #expect(abs(own - 0.005) < 1e-12)
    let moved = ConvexMinimiserPlan.kolmogorov(quantiles.map { $0 + 20 }) {
      StandardNormal.cdf($0)
    }
    #expect(moved > 1 - 1e-12)
  }

  @Test("The points that stand for the law have its moments, and their minimiser's line too")
  func population() {
    let values = ConvexMinimiser()
    let plan = ConvexMinimiserPlan(values: values, seed: 1)
    let line = plan.population.line
    let level = values.level
    let variance = level.alpha * level.alpha * (1 + 0.09) + level.sigma * level.sigma
    // Stein's identity: the least-squares line of the exact score is that of one Gaussian.
    #expect(abs(line.slopes[0] * variance + 1) < 0.01)
    #expect(abs(line.value(at: 0)) < 1e-9)
  }

  @Test("The share of noisy points below a place is that of draws")
  func law() {
    let values = ConvexMinimiser()
    var stream = RandomStream(seed: 1, purpose: .test)
    let draws = values.distribution.noisySample(
      count: 20_000, level: values.level, using: &stream)
    #expect(ConvexMinimiserPlan.kolmogorov(draws.values, values.cdf) < 2.2 / 20_000.0.squareRoot())
  }
}
