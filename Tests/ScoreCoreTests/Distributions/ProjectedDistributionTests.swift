import Glibc
import ScoreCore
import Testing

@Suite struct ProjectedDistributionTests {
  private static let level = OrnsteinUhlenbeck(horizon: 5, stop: 0.01).level(at: 0.3)

  /// The share of draws of the noisy distribution that a region holds.
  private static func share(
    of region: OutlierRegion, distribution: any KnownScoreDistribution, count: Int = 200_000
  ) -> Double {
    var stream = RandomStream(seed: 9, purpose: .test)
    let clean = distribution.sample(count: count, using: &stream)
    let x = level.noisy(
      clean, noise: stream.normals(count: count, dimension: distribution.dimension))
    let sides = OutlierRegion.projections(of: x, on: region.direction)
    return Double(sides.count { region.side(of: $0) != 0 }) / Double(count)
  }

  @Test("The region of N(0, 1) is beyond the normal quantile")
  func normal() {
    var stream = RandomStream(seed: 1, purpose: .test)
    let distribution = GaussianMixture([.init(mean: [0], spread: .isotropic(1))])
    let projected = ProjectedDistribution(distribution, on: [2], using: &stream)
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
    let distributions: [(any KnownScoreDistribution, Bool)] = [
      (mixture, true), (LowerBoundPair(eta: 0.1, separation: 3).first, true),
      (try circle.make(values, FixedTable()), false),
    ]
    for (distribution, isExact) in distributions {
      let direction = distribution.dimension == 1 ? [1.0] : [0.6, -0.8]
      let projected = ProjectedDistribution(distribution, on: direction, using: &stream)
      #expect(projected.isExact == isExact)
      let region = projected.region(mass: 0.02, level: Self.level)
      let found = Self.share(of: region, distribution: distribution)
      // Four standard errors of the test's draws, and 5% where the distribution itself is drawn.
      #expect(abs(found - 0.02) < 4 * (0.02 / 200_000).squareRoot() + (isExact ? 0 : 0.001))
    }
  }
}
