import ScoreCore
import Testing

@testable import ScoreLab

/// Sample metrics and nearest pictures of a run while it trains.
@Suite struct SampleMetricsTests {
  private static let request = MeasurementRequest([SampleMetricsMeasurement.self])

  @Test(
    "Values and bands are those of the metrics themselves at the same samples",
    arguments: ["two_moons", "gaussian_mixture", "iris"])
  func sameAsMetrics(kind: String) throws {
    var session = try Session(try .small("distribution.kind=\(kind)"))
    session.show(Self.request)
    session.train(to: 20)
    session.measureFully()
    let pass = try #require(session.measurements.samples)
    let found = try #require(session.measurements.sampleMetrics)
    let frame = session.distribution.coordinates
    let way = pass.trajectories
    let points = frame.userUnits(
      Points(values: (way.frames.last ?? []).map(Double.init), dimension: way.dimension))
    let level = session.configuration.process.make().level(at: try #require(way.times.last))
    let reference = MetricReference(
      .distribution(NoisyDistribution(session.distribution, level: level, units: frame)))
    #expect(found.map(\.name) == SampleMetricsMeasurement.standard(dimension: way.dimension))
    for metric in found {
      let entry = try #require(SampleMetricCatalog.entry(named: metric.name))
      let expected = try entry.make([:]).measure(
        points, against: reference,
        settings: MetricSettings(
          seed: session.configuration.seed, draws: SampleMetricsMeasurement.nullDraws))
      #expect(metric.result == expected, "\(metric.name)")
      #expect(metric.history.last == .init(step: pass.step, value: expected.value))
    }
  }

  @Test("The null is drawn once, and each pass of samples adds a value")
  func history() throws {
    var session = try Session(try .small("distribution.kind=two_moons"))
    session.show(Self.request)
    for step in [5, 10, 15] {
      session.train(to: step)
      session.measureFully()
    }
    let metric = try #require(session.measurements.sampleMetrics?.first)
    #expect(metric.history.map(\.step) == [5, 10, 15])
    session.train(to: 20)
    var units = 0
    while !session.isMeasured {
      session.measure()
      units += 1
    }
    // Six steps of the sampler, noised data behind it, and a unit a metric.
    #expect(units <= 6 + 4 + 1)
  }

  @Test("Chosen metrics are measured in their order, and what cannot be had says why")
  func chosen() throws {
    var session = try Session(try .small("distribution.kind=two_moons"))
    var request = Self.request
    request.metrics = ["frechet", "wasserstein2"]
    session.show(request)
    session.measureFully()
    let found = try #require(session.measurements.sampleMetrics)
    #expect(found.map(\.name) == ["frechet", "wasserstein2"])
    #expect(found[0].result != nil && found[0].obstacle == nil)
    #expect(found[1].result == nil && found[1].obstacle?.contains("line") == true)
    request.metrics = nil
    session.show(request)
    #expect(session.measurements.sampleMetrics == nil)
  }

  @Test("The nearest picture of a sample has no other nearer to it; points have none")
  func nearest() throws {
    for count in ["30", "unlimited"] {
      var session = try Session(
        try .small("distribution.kind=digits", "training_set.count=\(count)", "sampler.count=5"))
      session.show(MeasurementRequest([NearestImagesMeasurement.self]))
      session.measureFully()
      let found = try #require(session.measurements.nearestImages)
      #expect(found.total == (count == "30" ? 30 : 1797) && found.isTrainingSet == (count == "30"))
      let way = try #require(session.measurements.samples).trajectories
      let samples = Points(values: (way.frames.last ?? []).map(Double.init), dimension: 64)
      let all = try #require(
        session.training.trainingPoints ?? (session.distribution as? SmoothedPoints)?.data)
      func squared(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      // Left out, no picture of the digits is a copy of another.
      let null = try #require(found.null)
      #expect(null.distances.count == 200 && null.distances[0] > 1)
      for row in 0..<5 {
        let least = (0..<all.count).map { squared(samples.row(row), all.row($0)) }.min() ?? 0
        #expect(squared(samples.row(row), found.images.row(row)) == least)
        #expect(found.distances[row] == least.squareRoot())
      }
    }
    var session = try Session(try .small("distribution.kind=two_moons"))
    session.show(MeasurementRequest([NearestImagesMeasurement.self]))
    session.measureFully()
    #expect(session.measurements.nearestImages == nil)
  }
}

extension Trainer {
  fileprivate var trainingPoints: Points? {
    if case .fixed(let points) = trainingSet { return points }
    return nil
  }
}
