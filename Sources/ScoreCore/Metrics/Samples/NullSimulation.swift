/// Nulls: what a metric is when there is no difference.
///
/// Draws run on all cores; each has a random stream of its own, so the number of threads does not
/// matter.
extension MetricSettings {
  /// Values of a statistic on fresh draws of a distribution.
  func simulated(
    _ distribution: NoisyDistribution, count: Int,
    _ statistic: @escaping @Sendable (Points) -> Double
  ) -> [Double] {
    perDraw { statistic(nullSample($0, count: count, of: distribution)) }
  }

  /// The sample of one of the null's draws.
  func nullSample(_ draw: Int, count: Int, of distribution: NoisyDistribution) -> Points {
    var stream = stream(.null, draw)
    return distribution.sample(count: count, using: &stream)
  }

  /// A statistic of a sample, and of fresh draws of the distribution that it was made for.
  func evaluate(
    _ sample: Points, against distribution: NoisyDistribution, _ statistic: MetricStatistic
  ) -> MetricEvaluation {
    evaluate(sample, against: distribution, note: statistic.note, statistic.function)
  }

  /// A statistic of a sample, and of fresh draws of a distribution as the null.
  ///
  /// Whatever else the statistic depends on, such as reference draws or directions, must be fixed
  /// before and shared. Then a perfect sample is one more draw, and its position in the null is
  /// exact at any size and at any one seed, over samples and null draws. With the draws of one seed
  /// fixed too, a band of k of B + 1 places holds a perfect sample with a probability that over
  /// seeds has the distribution Beta(k, B + 1 - k): at B = 99 the nominal 5% above are 2% to 10%.
  ///
  /// Source: Barnard 1963, J. R. Stat. Soc. B 25 (discussion); Davison and Hinkley 1997, *Bootstrap
  /// Methods and their Application*, section 4.2.
  func evaluate(
    _ sample: Points, against distribution: NoisyDistribution, note: String = "",
    _ statistic: @escaping @Sendable (Points) -> Double
  ) -> MetricEvaluation {
    MetricEvaluation(
      value: statistic(sample), null: simulated(distribution, count: sample.count, statistic),
      note: note)
  }

  /// A distance between two samples, and between random splits of the pooled points as the null.
  ///
  /// When both samples are from one distribution every split is as likely as the one observed, so
  /// the position in this null is exact at any size, over both samples being drawn. Against one
  /// fixed reference sample it is not: values of many samples then err together, by its noise.
  ///
  /// Source: Good 2005, *Permutation, Parametric and Bootstrap Tests of Hypotheses*.
  func permuted(
    _ x: Points, _ y: Points, note: String = "",
    _ distance: @escaping @Sendable (Points, Points) -> Double
  ) -> MetricEvaluation {
    var pooled = x
    pooled.append(y)
    let pool = pooled
    let null = perDraw { draw in
      var stream = self.stream(.split, draw)
      let order = pool.shuffledRows(using: &stream)
      return distance(pool.rows(at: order.prefix(x.count)), pool.rows(at: order.dropFirst(x.count)))
    }
    return MetricEvaluation(value: distance(x, y), null: null, note: note)
  }

  /// One value for each draw, in order.
  func perDraw(_ body: @escaping @Sendable (Int) -> Double) -> [Double] {
    // A draw is a shard of its own, however cheap.
    RowShards.map(count: draws, costPerRow: 1_000_000) { body($0.lowerBound) }
  }

  /// How many draws stand for a distribution next to `count` points: their own noise hardly
  /// matters.
  static func plenty(besides count: Int) -> Int { min(200_000, max(20_000, 20 * count)) }

  /// The draws that stand for a distribution where its density is not enough; the same for every
  /// metric.
  func reference(_ distribution: NoisyDistribution, count: Int) -> Points {
    var stream = self.stream(.reference)
    return distribution.sample(count: count, using: &stream)
  }
}
