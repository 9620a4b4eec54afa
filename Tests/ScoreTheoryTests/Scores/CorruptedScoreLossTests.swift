import ScoreCore
import ScoreTheory
import Testing

@Suite struct CorruptedScoreLossTests {
  private static let level = OrnsteinUhlenbeck(horizon: 5, stop: 0.01).level(at: 0.3)

  @Test("A corrupted score has the L2 error K^2 delta, along the direction and at its levels only")
  func corruption() {
    var stream = RandomStream(seed: 3, purpose: .test)
    let distribution = GaussianMixture([.init(mean: [1, -1], spread: .isotropic(0.7))])
    let projected = ProjectedDistribution(distribution, on: [3, 4], using: &stream)
    let region = projected.region(mass: 0.05, level: Self.level)
    let score = CorruptedScore(ExactScore(distribution), kick: 10, regions: [Self.level: region])
    let count = 100_000
    let clean = distribution.sample(count: count, using: &stream)
    let x = Self.level.noisy(clean, noise: stream.normals(count: count, dimension: 2))
    let (right, wrong) = (
      distribution.score(at: x, level: Self.level), score.score(at: x, level: Self.level)
    )
    var squared = 0.0
    for row in 0..<count {
      let (e, f) = (wrong[row, 0] - right[row, 0], wrong[row, 1] - right[row, 1])
      squared += (e * e + f * f) / Double(count)
      #expect(abs(4 * e - 3 * f) < 1e-9)
      let side = 0.6 * (x[row, 0] - Self.level.alpha) + 0.8 * (x[row, 1] + Self.level.alpha)
      #expect(e * side >= 0)
    }
    #expect(abs(squared - 5) < 4 * 100 * (0.05 / Double(count)).squareRoot())
    let other = NoiseLevel(alpha: 0.5, sigma: 0.5)
    #expect(score.score(at: x, level: other) == distribution.score(at: x, level: other))
  }
}
