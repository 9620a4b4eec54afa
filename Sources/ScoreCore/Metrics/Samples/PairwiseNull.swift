/// Value and null of a statistic that is made of kernel sums over pairs.
///
/// Between two samples the null is that of permutations. Against a distribution the sample is
/// compared with as many fresh draws, and each draw of the null with those same ones: a null with
/// reference draws of its own would hold their noise too, which the value at a fixed seed does not
/// have, and the noise of the one reference would move every value alike.
enum PairwiseNull {
  static func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings,
    kernel: PairwiseSums.Kernel, note: String,
    statistic: @escaping @Sendable (_ sums: PairwiseSums, _ n: Double, _ m: Double) -> Double
  ) -> MetricEvaluation {
    let n = sample.count
    switch reference.kind {
    case .sample(let points):
      var pool = sample
      pool.append(points)
      let observed = (0..<pool.count).map { $0 < n }
      let values = PairwiseSums.all(
        of: pool, kernel: kernel,
        groupings: [observed] + splits(of: pool, first: n, settings)
      ).map { statistic($0, Double(n), Double(points.count)) }
      return MetricEvaluation(value: values[0], null: Array(values.dropFirst()), note: note)
    case .distribution(let distribution):
      return settings.evaluate(
        sample, against: distribution,
        fixed(
          against: distribution, count: n, settings: settings, kernel: kernel, note: note,
          statistic: statistic))
    }
  }

  /// The statistic against a distribution as a function of the sample.
  static func fixed(
    against distribution: NoisyDistribution, count n: Int, settings: MetricSettings,
    kernel: PairwiseSums.Kernel, note: String,
    statistic: @escaping @Sendable (_ sums: PairwiseSums, _ n: Double, _ m: Double) -> Double
  ) -> MetricStatistic {
    let draws = settings.reference(distribution, count: n)
    let own = PairwiseSums.within(draws, kernel: kernel)
    return MetricStatistic(note: note) { x in
      let sums = PairwiseSums(
        first: PairwiseSums.within(x, kernel: kernel), second: own,
        between: PairwiseSums.between(x, draws, kernel: kernel))
      return statistic(sums, Double(n), Double(n))
    }
  }

  /// Random groupings with `n` points in the first group.
  private static func splits(
    of pool: Points, first n: Int, _ settings: MetricSettings
  ) -> [[Bool]] {
    (0..<settings.draws).map { draw in
      var stream = settings.stream(.split, draw)
      var grouping = Array(repeating: false, count: pool.count)
      for row in pool.shuffledRows(using: &stream).prefix(n) { grouping[row] = true }
      return grouping
    }
  }
}
