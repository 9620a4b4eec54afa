import NumberFormatting

/// The squared maximum mean discrepancy with a Gaussian kernel, without bias.
///
/// ```
/// MMD^2 = mean_{i != j} k(x_i, x_j) + mean_{i != j} k(y_i, y_j) - 2 mean k(x_i, y_j)
/// k(x, y) = exp(-||x - y||^2 / (2 l^2))
/// ```
/// The null is centred at 0, so half of all perfect samples give a negative number. The length l is
/// the median distance of points of the reference (of the pooled points when it is a sample) unless
/// it is given.
///
/// Source: Gretton, Borgwardt, Rasch, Schoelkopf and Smola 2012, "A kernel two-sample test", JMLR
/// 13, eq. 3 and section 8 (median).
public struct MaximumMeanDiscrepancy: StatisticMetric {
  /// How many points the median distance is taken over: 80,000 pairs.
  private static let medianPoints = 400

  /// The kernel's length scale in the units of the points; nil for the median distance.
  public var length: Double?

  public init(length: Double? = nil) {
    precondition(length.map { $0 > 0 } ?? true, "A length scale is positive.")
    self.length = length
  }

  // Each draw of the null takes sums over all pairs of its own.
  public var pointLimitForDistributions: Int { 4000 }

  public func obstacle(dimension: Int, reference: MetricReference) -> String? { nil }

  public func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation {
    let kernel = try kernel(for: sample, reference, settings)
    return PairwiseNull.evaluate(
      sample, against: reference, settings: settings, kernel: kernel.kernel, note: kernel.note,
      statistic: MaximumMeanDiscrepancy.statistic)
  }

  public func statistic(
    against distribution: NoisyDistribution, count: Int, settings: MetricSettings
  ) throws(MetricError) -> MetricStatistic {
    let none = Points(zeros: 0, dimension: distribution.dimension)
    let kernel = try kernel(for: none, MetricReference(.distribution(distribution)), settings)
    return PairwiseNull.fixed(
      against: distribution, count: count, settings: settings, kernel: kernel.kernel,
      note: kernel.note, statistic: MaximumMeanDiscrepancy.statistic)
  }

  /// The kernel with its length; against a distribution it does not depend on the sample.
  private func kernel(
    for sample: Points, _ reference: MetricReference, _ settings: MetricSettings
  ) throws(MetricError) -> (kernel: PairwiseSums.Kernel, note: String) {
    // In an order of its own the pool has forgotten which side a point is from, as it must for
    // permutations to have the same length.
    var pool: Points
    switch reference.kind {
    case .distribution(let distribution):
      pool = settings.reference(distribution, count: Self.medianPoints)
    case .sample(let points):
      pool = sample
      pool.append(points)
    }
    let chosen =
      length
      ?? MaximumMeanDiscrepancy.medianDistance(
        settings.thinned(pool.inOrder, to: Self.medianPoints, role: .shuffle))
    guard chosen > 0 else {
      throw MetricError(
        message: "more than half of the points are equal, so the median distance is no length")
    }
    return (.gaussian(length: chosen), "length \(NumberText.plain(chosen))")
  }

  static func statistic(_ sums: PairwiseSums, _ n: Double, _ m: Double) -> Double {
    sums.first / (n * (n - 1)) + sums.second / (m * (m - 1)) - 2 * sums.between / (n * m)
  }

  /// The unbiased estimate between two samples of at least 2 points.
  public static func squared(_ x: Points, _ y: Points, length: Double) -> Double {
    statistic(
      PairwiseSums.of(x, y, kernel: .gaussian(length: length)), Double(x.count), Double(y.count))
  }

  /// The median distance over all pairs.
  static func medianDistance(_ points: Points) -> Double {
    var squared: [Double] = []
    squared.reserveCapacity(points.count * (points.count - 1) / 2)
    for i in 0..<points.count {
      for j in 0..<i {
        var sum = 0.0
        for axis in 0..<points.dimension {
          let gap = points[i, axis] - points[j, axis]
          sum += gap * gap
        }
        squared.append(sum)
      }
    }
    squared.sort()
    return squared[squared.count / 2].squareRoot()
  }
}

extension CatalogEntry where Member == any SampleMetric {
  static var maximumMeanDiscrepancy: Self {
    Self(
      name: "mmd", summary: "squared maximum mean discrepancy, Gaussian kernel, unbiased",
      source: "Gretton et al. 2012, JMLR 13, eq. 3",
      parameters: [
        ParameterDescription(
          "length", "length scale in the points' units; 0 for the median distance",
          .number(default: 0, range: 0...1e9))
      ]
    ) { parameters in
      let length = parameters.number("length")
      return MaximumMeanDiscrepancy(length: length > 0 ? length : nil)
    }
  }
}
