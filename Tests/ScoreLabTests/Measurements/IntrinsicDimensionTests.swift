import ScoreCore
import Testing

@testable import ScoreLab

/// The dimension that a score finds is that of the manifold, and of the exact score the Bayes floor.
@Suite struct IntrinsicDimensionTests {
  private func measured(_ edits: String...) throws -> (Session, FoundDimensions) {
    var session = try Session(
      try RunConfiguration.small("probe.points=2000", "probe.levels=6").setting(edits))
    session.show(MeasurementRequest([IntrinsicDimensionMeasurement.self]))
    session.train(to: 5)
    session.measureFully()
    let found = try #require(session.measurements.foundDimensions)
    return (session, found)
  }

  @Test("On a subspace it is k alpha^2 / (alpha^2 + sigma^2), which goes to k")
  func subspace() throws {
    let (session, found) = try measured(
      "distribution.kind=linear_subspace", "distribution.intrinsic=3", "distribution.dimension=8")
    #expect(found.step == 5 && found.dimension == 8)
    for level in found.levels {
      let (alpha, sigma) = (level.level.alpha, level.level.sigma)
      let expected = 3 * alpha * alpha / (alpha * alpha + sigma * sigma)
      // Closed forms on both sides.
      #expect(abs(level.exact.value - expected) <= 1e-9)
      #expect(level.exact.standardError == 0)
      // The mean over draws is within five of its standard errors.
      let drawn = DimensionSweep(session.distribution, count: 4000, seed: 3).estimate(
        ExactScore(session.distribution), level: level.level, index: 0)
      #expect(abs(drawn.value - expected) <= 5 * drawn.standardError)
    }
    // The comparison can fail: another k is far away at the least noise.
    #expect(abs(found.levels[0].exact.value - 3) < 0.1)
  }

  @Test("On a circle it goes to 1 in any ambient dimension", arguments: [2, 5])
  func circle(dimension: Int) throws {
    let (_, found) = try measured("distribution.kind=circle", "distribution.dimension=\(dimension)")
    let least = found.levels[0]
    // Curvature shifts it by the order of sigma^2 over the radius squared.
    let curvature = 10 * least.level.sigma * least.level.sigma
    #expect(abs(least.exact.value - 1) <= 5 * least.exact.standardError + curvature)
    #expect(abs(found.levels[5].exact.value) < 0.3)
  }

  @Test("A network that has not learned does not find it")
  func untrained() throws {
    let (_, found) = try measured(
      "distribution.kind=linear_subspace", "distribution.intrinsic=1", "distribution.dimension=8")
    let least = found.levels[0]
    #expect(abs(least.learned.value - 1) > 5 * least.learned.standardError)
  }
}
