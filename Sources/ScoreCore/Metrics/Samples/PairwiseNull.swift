/// Value and null of a statistic that is made of kernel sums over pairs.
///
/// Between two samples the null is that of permutations. Against a law the sample is compared with
/// as many fresh draws, and the null consists of random splits of four pools of fresh draws: one
/// kernel matrix then serves a quarter of the null.
enum PairwiseNull {
  private static let pools = 4

  static func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings,
    kernel: PairwiseSums.Kernel, note: String,
    statistic: (_ sums: PairwiseSums, _ n: Double, _ m: Double) -> Double
  ) -> MetricEvaluation {
    let n = sample.count
    switch reference.kind {
    case .sample(let points):
      var pool = sample
      pool.append(points)
      let observed = (0..<pool.count).map { $0 < n }
      let values = PairwiseSums.all(
        of: pool, kernel: kernel,
        groupings: [observed] + splits(of: pool, first: n, 0..<settings.draws, settings)
      ).map { statistic($0, Double(n), Double(points.count)) }
      return MetricEvaluation(value: values[0], null: Array(values.dropFirst()), note: note)
    case .law(let law):
      let sums = PairwiseSums.of(
        sample, settings.reference(law, count: n), kernel: kernel)
      var null: [Double] = []
      for index in 0..<pools {
        let draws = settings.draws * index / pools..<settings.draws * (index + 1) / pools
        var stream = settings.stream(.null, index)
        let pool = law.sample(count: 2 * n, using: &stream)
        null += PairwiseSums.all(
          of: pool, kernel: kernel, groupings: splits(of: pool, first: n, draws, settings)
        ).map { statistic($0, Double(n), Double(n)) }
      }
      return MetricEvaluation(
        value: statistic(sums, Double(n), Double(n)), null: null, note: note)
    }
  }

  /// Random groupings with `n` points in the first group.
  private static func splits(
    of pool: Points, first n: Int, _ draws: Range<Int>, _ settings: MetricSettings
  ) -> [[Bool]] {
    draws.map { draw in
      var stream = settings.stream(.split, draw)
      var grouping = Array(repeating: false, count: pool.count)
      for row in pool.shuffledRows(using: &stream).prefix(n) { grouping[row] = true }
      return grouping
    }
  }
}
