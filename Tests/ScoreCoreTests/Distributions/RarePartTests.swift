import ScoreCore
import Testing

/// Which distributions have a part that few samples show, and who counts as in it.
@Suite struct RarePartTests {
  private func part(_ name: String) throws -> RarePart? {
    let entry = try #require(DistributionCatalog.entry(named: name))
    let values = try CatalogParameters([:], describedBy: entry.parameters)
    return try entry.make(values, FixedTable()).rarePart
  }

  @Test("The far part of the hard pair has its weight, and as many samples as are expected")
  func pair() throws {
    let distribution = LowerBoundPair(eta: 0.01, separation: 10).first
    let part = try #require(distribution.rarePart)
    #expect(part.weight == 0.01 && part.centres.values == [10])
    let expected = part.expectation(of: 100_000)
    // Binomial: 100,000 x 0.01 and the root of 1,000 x 0.99.
    #expect(expected.value == 1000 && abs(expected.standardError - 31.46) < 0.01)
    var stream = RandomStream(seed: 5, purpose: .samplingStart)
    let points = distribution.sample(count: 100_000, using: &stream)
    #expect(abs(Double(part.count(of: points)) - expected.value) < 5 * expected.standardError)
    #expect(part.count(of: Points(values: [10, 6.1, 5.9, 14.1, 0], dimension: 1)) == 2)
  }

  @Test("Parts that overlap, or are all light or all heavy, are not rare")
  func none() throws {
    #expect(LowerBoundPair(eta: 0.01, separation: 7).first.rarePart == nil)
    #expect(LowerBoundPair(eta: 0.3, separation: 20).first.rarePart == nil)
    for name in ["two_moons", "ring_of_gaussians", "grid_of_gaussians", "contaminated"] {
      #expect(try part(name) == nil, "\(name)")
    }
  }

  @Test("Outliers far from what is clean are a rare part, near ones are not")
  func contaminated() {
    let clean = IsotropicMixture(means: Points(zeros: 1, dimension: 2), deviations: [1])
    func outliers(at distance: Double) -> IsotropicMixture {
      IsotropicMixture(
        means: Points(rows: [[distance, 0], [0, -distance]]), deviations: [0.5, 0.5])
    }
    func part(_ distance: Double, _ fraction: Double) -> RarePart? {
      ContaminatedDistribution(
        clean: clean, outliers: outliers(at: distance), fraction: fraction
      ).rarePart
    }
    // Apart from 4 (0.5 + sqrt 2) = 7.66 on.
    #expect(part(7.7, 0.05)?.weight == 0.05 && part(7.7, 0.05)?.centres.count == 2)
    #expect(part(7.6, 0.05) == nil && part(7.7, 0.3) == nil)
  }
}
