import Glibc
import ScoreCore
import ScoreTheory
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct FlowMatchingTests {
  private let mixture = LineMixture([
    .init(weight: 0.9, mean: -1, deviation: 0.5), .init(weight: 0.1, mean: 6, deviation: 1),
  ])

  @Test("Quantiles invert the distribution function, also at a noise level")
  func quantiles() {
    for law in [mixture, mixture.noisy(at: NoiseLevel(alpha: 0.4, sigma: 0.6))] {
      for p in [1e-6, 0.1, 0.5, 0.9, 0.95, 1 - 1e-6] {
        #expect(abs(law.share(below: law.quantile(p)) - p) < 1e-10)
      }
    }
  }

  @Test("The flow of the exact score keeps quantiles, and one of another is as far as the laws")
  func image() {
    let process = FlowProcess()
    let exact = ExactScore(
      IsotropicMixture(
        means: Points(rows: [[-1], [6]]), weights: [0.9, 0.1], deviations: [0.5, 1]))
    let found = FlowImage(of: exact, law: mixture, process: process, steps: 400, cells: 1000)
    #expect(found.variation < 2e-3 && found.wasserstein < 0.02)
    // The score of N(1, 1) takes any start to it; from N(0, 1) the distance is 2 Phi(1/2) - 1 and 1.
    let moved = ExactScore(IsotropicMixture(means: Points(rows: [[1]]), deviations: [1]))
    let normal = LineMixture([.init(weight: 1, mean: 0, deviation: 1)])
    let image = FlowImage(of: moved, law: normal, process: process, steps: 400, cells: 1000)
    #expect(abs(image.variation - (2 * StandardNormal.cdf(0.5) - 1)) < 3e-3)
    #expect(abs(image.wasserstein - 1) < 5e-3)
  }

  @Test("An error that turns is at most epsilon over sigma, and none above its ratio")
  func ripple() {
    let score = RippledScore(
      base: BaselineScore.Zero(dimension: 1), epsilon: 0.2, frequency: 4, largestRatio: 1)
    let x = Points(values: (0...100).map { Double($0) / 20 }, dimension: 1)
    let low = score.score(at: x, level: NoiseLevel(alpha: 0.8, sigma: 0.5)).values
    #expect(low.allSatisfy { abs($0) <= 0.4 } && (low.max() ?? 0) > 0.39)
    #expect(
      score.score(at: x, level: NoiseLevel(alpha: 0.4, sigma: 0.5)).values.allSatisfy { $0 == 0 })
  }

  @Test("A kick is on its share of the points of a level")
  func kick() {
    let score = KickedScore(base: BaselineScore.Zero(dimension: 1), kick: 3, mass: 0.1)
    let level = NoiseLevel(alpha: 0.6, sigma: 0.5)
    let deviation = hypot(0.6, 0.5)
    let inside = 1.64 * deviation
    let outside = 1.65 * deviation
    let found = score.score(
      at: Points(values: [-outside, -inside, inside, outside], dimension: 1), level: level)
    #expect(found.values == [-6, 0, 0, 6])
  }
}
