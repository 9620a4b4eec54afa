import Testing

@testable import ScoreCore

/// Against values computed independently with numpy and scipy.
@Suite struct MetricReferenceValueTests {
  private static func stored() throws -> Reference.SampleMetrics {
    try Reference.load().sampleMetrics
  }

  @Test("Wasserstein distances on the line agree with an independent computation")
  func wasserstein() throws {
    let stored = try Self.stored()
    let (x, y) = (stored.x.sorted(), stored.y.sorted())
    // Both sides sum 300 terms of size 1.
    #expect(abs(LineTransport.distance(x, y, order: 1) - stored.wasserstein1) < 1e-13)
    #expect(abs(LineTransport.distance(x, y, order: 2) - stored.wasserstein2) < 1e-13)
  }

  @Test("Energy distance and MMD of samples of different sizes agree")
  func pairwise() throws {
    let stored = try Self.stored()
    let (x, y) = (Points(rows: stored.X), Points(rows: stored.Y))
    #expect(x.count == 120 && y.count == 150)
    // Sums of 2e4 terms of size 1 cancel to 1e-2.
    #expect(abs(EnergyDistance.value(x, y) - stored.energyDistanceVStatistic) < 1e-12)
    let mmd = MaximumMeanDiscrepancy.squared(x, y, length: 1)
    #expect(abs(mmd - stored.mmdSquaredUnbiasedRBFLength1) < 1e-12)
  }

  @Test("Sliced and exact Wasserstein distances in the plane agree")
  func plane() throws {
    let stored = try Self.stored()
    let (x, y) = (
      Points(rows: Array(stored.X.prefix(100))), Points(rows: Array(stored.Y.prefix(100)))
    )
    let directions = SlicedWasserstein(order: 2).directions(dimension: 2, settings: .init())
    let sliced = SlicedWasserstein.distance(x, y, directions: directions, order: 2)
    #expect(abs(sliced * sliced - stored.slicedWasserstein2Squared64AnglesFirst100) < 1e-13)
    let exact = AssignmentWasserstein.squaredDistance(x, y)
    #expect(abs(exact - stored.exactWasserstein2SquaredFirst100) < 1e-13)
  }
}
