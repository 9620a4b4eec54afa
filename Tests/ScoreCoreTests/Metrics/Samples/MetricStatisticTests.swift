import ScoreCore
import Testing

/// A metric against a distribution as one function of the sample.
@Suite struct MetricStatisticTests {
  private static let line = GaussianMixture([
    .init(weight: 1, mean: [-1], spread: .isotropic(0.5)),
    .init(weight: 2, mean: [1], spread: .isotropic(0.25)),
  ])
  private static let plane = GaussianMixture([
    .init(weight: 1, mean: [-1, 0], spread: .isotropic(0.5)),
    .init(weight: 2, mean: [1, 0.5], spread: .isotropic(0.25)),
  ])

  @Test("Value and null are those that the metric measures, draw by draw")
  func sameAsMeasured() throws {
    let settings = MetricSettings(seed: 3, draws: 19)
    var measured = 0
    for distribution in [Self.line, Self.plane] {
      let reference = NoisyDistribution(distribution)
      var stream = RandomStream(seed: 11, purpose: .test)
      let sample = reference.sample(count: 60, using: &stream)
      for entry in SampleMetricCatalog.all {
        guard let metric = try entry.make([:]) as? any StatisticMetric,
          metric.obstacle(
            dimension: reference.dimension, reference: MetricReference(.distribution(reference)))
            == nil
        else { continue }
        let evaluation = try metric.evaluate(
          sample, against: MetricReference(.distribution(reference)), settings: settings)
        let statistic = try metric.statistic(against: reference, count: 60, settings: settings)
        #expect(statistic.value(of: sample) == evaluation.value, "\(entry.name)")
        for draw in [0, 18] {
          let value = statistic.nullValue(
            draw: draw, count: 60, of: reference, settings: settings)
          #expect(value == evaluation.null[draw], "\(entry.name)")
        }
        #expect(statistic.note == evaluation.note)
        measured += 1
      }
    }
    #expect(measured == 12)
  }
}
