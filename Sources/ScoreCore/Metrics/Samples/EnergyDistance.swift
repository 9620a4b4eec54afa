/// The energy distance, which needs no length scale.
///
/// ```
/// E = 2 E||X - Y|| - E||X - X'|| - E||Y - Y'||
/// ```
/// Means are over all pairs, a point with itself included, so the value is never negative and its
/// null is above 0.
///
/// Source: Szekely and Rizzo 2013, "Energy statistics: a class of statistics based on distances",
/// J. Stat. Plan. Inference 143.
public struct EnergyDistance: StatisticMetric {
  public init() {}

  // Each draw of the null takes sums over all pairs of its own.
  public var pointLimitForDistributions: Int { 4000 }

  public func obstacle(dimension: Int, reference: MetricReference) -> String? { nil }

  public func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation {
    PairwiseNull.evaluate(
      sample, against: reference, settings: settings, kernel: .distance, note: "",
      statistic: EnergyDistance.statistic)
  }

  public func statistic(
    against distribution: NoisyDistribution, count: Int, settings: MetricSettings
  ) throws(MetricError) -> MetricStatistic {
    PairwiseNull.fixed(
      against: distribution, count: count, settings: settings, kernel: .distance, note: "",
      statistic: EnergyDistance.statistic)
  }

  static func statistic(_ sums: PairwiseSums, _ n: Double, _ m: Double) -> Double {
    2 * sums.between / (n * m) - sums.first / (n * n) - sums.second / (m * m)
  }

  /// The distance between two samples.
  public static func value(_ x: Points, _ y: Points) -> Double {
    statistic(PairwiseSums.of(x, y, kernel: .distance), Double(x.count), Double(y.count))
  }
}

extension CatalogEntry where Member == any SampleMetric {
  static var energyDistance: Self {
    Self(
      name: "energy", summary: "energy distance, of mean distances between and within",
      source: "Szekely and Rizzo 2013, J. Stat. Plan. Inference 143"
    ) { _ in EnergyDistance() }
  }
}
