import ScoreCore
import Testing

@testable import ScoreLab

/// The error of every pixel, and the distances of pictures that are left out.
@Suite struct PixelErrorsTests {
  private func errors(_ configuration: RunConfiguration) throws -> PixelErrors? {
    var session = try Session(configuration)
    session.show(MeasurementRequest([PixelErrorsMeasurement.self]))
    session.measureFully()
    return session.measurements.pixelErrors
  }

  @Test("Pixels add up to L2, and the score 0 errs by the length of the score")
  func sums() throws {
    let found = try #require(try errors(.small("distribution.kind=digits", "probe.points=200")))
    let configuration = try RunConfiguration.small("distribution.kind=digits")
    var probe = ErrorProbe(
      distribution: try configuration.distribution.makeDistribution(dataSource: DataFile()),
      process: configuration.process.make(), levelCount: found.levels.count, pointCount: 200,
      seed: configuration.seed)
    for (index, level) in found.levels.enumerated() {
      #expect(level.fields.map(\.source) == [.network, .zero, .gaussian])
      for field in level.fields {
        let sum = field.squares.reduce(0, +)
        #expect(field.squares.count == 64)
        #expect(abs(sum / (field.whole.l2 * field.whole.l2) - 1) < 1e-5)
      }
      let exact = probe.points(levelIndex: index).exact
      let square =
        exact.squaredNorms().reduce(0, +) / 200 * level.level.sigma * level.level.sigma
      let zero = level.fields[1].squares.reduce(0, +)
      #expect(abs(zero / square - 1) < 1e-5)
    }
  }

  @Test("Pictures smoothed until they are one Gaussian have its score")
  func gaussian() throws {
    let found = try #require(
      try errors(.small("distribution={kind: digits, bandwidth: 20}", "probe.points=200")))
    for level in found.levels {
      #expect(level.fields[2].whole.l2 < 0.01 * level.fields[1].whole.l2)
    }
  }

  @Test("Points that are no pictures have no pixels")
  func points() throws {
    #expect(try errors(.small("distribution.kind=two_moons")) == nil)
  }
}

/// How far pictures are that were left out.
@Suite struct NearestNullTests {
  @Test("The quantile is an order statistic, and too few distances have none")
  func quantile() throws {
    #expect(NearestNull((1...19).map(Double.init)) == nil)
    #expect(NearestNull((1...19).map(Double.init) + [.infinity]) == nil)
    let null = try #require(NearestNull((1...200).reversed().map(Double.init)))
    #expect(null.threshold == 10 && null.median == 101)
    #expect(abs(null.expectedCount(of: 201) - 10) < 1e-12)
  }

  @Test("A row is not near to itself nor to draws of itself", arguments: [true, false])
  func own(ownsRows: Bool) throws {
    // Rows a length of 10 apart: what is left out is that far from the next.
    let rows = Points(values: (0..<40).map { 10 * Double($0) }, dimension: 1)
    let law = try SmoothedPoints(
      table: DataTable(names: ["x"], points: rows), scaling: .none, bandwidth: 0.01)
    var stream = RandomStream(seed: 3, purpose: .probe)
    let images = ownsRows ? law.data : law.sample(count: 400, using: &stream)
    var search = NearestNullSearch(of: law, among: images, ownsRows: ownsRows, seed: 5)
    while !search.step() {}
    let null = try #require(search.result)
    #expect(null.distances.count == 40)
    #expect(null.distances.allSatisfy { abs($0 - 10) < 0.2 })
  }
}
