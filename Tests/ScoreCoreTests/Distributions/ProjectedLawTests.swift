import Glibc
import ScoreCore
import Testing

@Suite struct ProjectedLawTests {
  private static let level = OrnsteinUhlenbeck(horizon: 5, stop: 0.01).level(at: 0.3)

  /// The share of draws of the noisy law that a region holds.
  private static func share(
    of region: OutlierRegion, law: any KnownScoreDistribution, count: Int = 200_000
  ) -> Double {
    var stream = RandomStream(seed: 9, purpose: .test)
    let clean = law.sample(count: count, using: &stream)
    let x = level.noisy(
      clean, noise: stream.normals(count: count, dimension: law.dimension))
    let sides = OutlierRegion.projections(of: x, on: region.direction)
    return Double(sides.count { region.side(of: $0) != 0 }) / Double(count)
  }

  @Test("The region of N(0, 1) is beyond the normal quantile")
  func normal() {
    var stream = RandomStream(seed: 1, purpose: .test)
    let law = GaussianMixture([.init(mean: [0], spread: .isotropic(1))])
    let projected = ProjectedLaw(law, on: [2], using: &stream)
    let region = projected.region(mass: 0.002, level: Self.level)
    #expect(projected.isExact)
    #expect(region.centre == 0)
    #expect(abs(region.distance + StandardNormal.quantile(0.001)) < 1e-9)
  }

  @Test("Regions hold the mass they are asked for, of mixtures exactly and of others nearly")
  func mass() throws {
    var stream = RandomStream(seed: 2, purpose: .test)
    let mixture = GaussianMixture([
      .init(weight: 1, mean: [-1, 0.5], spread: .full([[0.3, 0.1], [0.1, 0.2]])),
      .init(weight: 2, mean: [1, 0], spread: .diagonal([0.5, 0.1])),
    ])
    let circle = try #require(DistributionCatalog.entry(named: "circle"))
    let values = try CatalogParameters([:], describedBy: circle.parameters)
    let laws: [(any KnownScoreDistribution, Bool)] = [
      (mixture, true), (LowerBoundPair(eta: 0.1, separation: 3).first, true),
      (try circle.make(values, FixedTable()), false),
    ]
    for (law, isExact) in laws {
      let direction = law.dimension == 1 ? [1.0] : [0.6, -0.8]
      let projected = ProjectedLaw(law, on: direction, using: &stream)
      #expect(projected.isExact == isExact)
      let region = projected.region(mass: 0.02, level: Self.level)
      let found = Self.share(of: region, law: law)
      // Four standard errors of the test's draws, and 5% where the law itself is drawn.
      #expect(abs(found - 0.02) < 4 * (0.02 / 200_000).squareRoot() + (isExact ? 0 : 0.001))
    }
  }

  @Test("A corrupted score has the L2 error K^2 delta, along the direction and at its levels only")
  func corruption() {
    var stream = RandomStream(seed: 3, purpose: .test)
    let law = GaussianMixture([.init(mean: [1, -1], spread: .isotropic(0.7))])
    let projected = ProjectedLaw(law, on: [3, 4], using: &stream)
    let region = projected.region(mass: 0.05, level: Self.level)
    let score = CorruptedScore(ExactScore(law), kick: 10, regions: [Self.level: region])
    let count = 100_000
    let clean = law.sample(count: count, using: &stream)
    let x = Self.level.noisy(clean, noise: stream.normals(count: count, dimension: 2))
    let (right, wrong) = (
      law.score(at: x, level: Self.level), score.score(at: x, level: Self.level)
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
    #expect(score.score(at: x, level: other) == law.score(at: x, level: other))
  }
}
