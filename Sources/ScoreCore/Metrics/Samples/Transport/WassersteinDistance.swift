/// The Wasserstein distance of order 1 or 2 on the line, exact between samples.
///
/// ```
/// W_p = (int_0^1 |Q_hat(u) - Q(u)|^p du)^(1/p)        W_1 = int |F_hat(x) - F(x)| dx
/// ```
/// A known distribution stands as its quantiles at 20,000 levels or more, from a quadrature of its
/// density. For N(0, 1) the null of `W_1` is near `1.29 / sqrt(N)`.
///
/// Source: Villani 2003, *Topics in Optimal Transportation*, theorem 2.18.
public struct WassersteinDistance: StatisticMetric {
  /// The power p of the distance, 1 or 2.
  public var order: Int

  public init(order: Int) {
    precondition((1...2).contains(order), "The order is 1 or 2.")
    self.order = order
  }

  public var pointLimit: Int { 100_000 }

  public func obstacle(dimension: Int, reference: MetricReference) -> String? {
    if dimension > 1 { return "exact on the line only; see the sliced distance" }
    if case .distribution(let distribution) = reference.kind { return distribution.densityObstacle }
    return nil
  }

  public func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation {
    switch reference.kind {
    case .distribution(let distribution):
      return settings.evaluate(
        sample, against: distribution,
        try statistic(against: distribution, count: sample.count, settings: settings))
    case .sample(let points):
      return settings.permuted(sample, points) { [order] in
        LineTransport.distance($0.values.sorted(), $1.values.sorted(), order: order)
      }
    }
  }

  public func statistic(
    against distribution: NoisyDistribution, count: Int, settings: MetricSettings
  ) throws(MetricError) -> MetricStatistic {
    let quantiles = LineDistribution(distribution, settings: settings)
      .quantiles(count: max(20_000, 2 * count))
    return MetricStatistic { [order] in
      LineTransport.distance($0.values.sorted(), quantiles, order: order)
    }
  }
}

extension CatalogEntry where Member == any SampleMetric {
  static var wasserstein1: Self {
    Self(
      name: "wasserstein1", summary: "area between the distribution functions, on the line",
      source: "Villani 2003, Topics in Optimal Transportation, theorem 2.18"
    ) { _ in WassersteinDistance(order: 1) }
  }

  static var wasserstein2: Self {
    Self(
      name: "wasserstein2", summary: "root mean square gap of the quantiles, on the line",
      source: "Villani 2003, Topics in Optimal Transportation, theorem 2.18"
    ) { _ in WassersteinDistance(order: 2) }
  }
}
