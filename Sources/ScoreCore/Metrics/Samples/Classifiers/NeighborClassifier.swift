import NumberFormatting

/// A classifier two-sample test with nearest neighbours.
///
/// Each point is given to the side that most of its k nearest neighbours are from, itself left out,
/// and the value is the share that is given to the right side. A classifier that cannot tell the
/// sides apart is right half of the time, with a spread near `1 / (2 sqrt(N))` for N points in all.
///
/// Source: Lopez-Paz and Oquab 2017, "Revisiting classifier two-sample tests" (arXiv:1610.06545).
public struct NeighborClassifier: StatisticMetric {
  /// How many neighbours vote, odd.
  public var neighbors: Int

  public init(neighbors: Int = 11) {
    precondition(
      (1...MetricError.fewestPoints).contains(neighbors) && neighbors % 2 == 1,
      "The neighbours are an odd number up to 19.")
    self.neighbors = neighbors
  }

  public func obstacle(dimension: Int, reference: MetricReference) -> String? { nil }

  public func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation {
    ClassifierTest.evaluate(sample, against: reference, settings: settings) { [neighbors] in
      NeighborClassifier.accuracy($0, $1, neighbors: neighbors)
    }
  }

  public func statistic(
    against distribution: NoisyDistribution, count: Int, settings: MetricSettings
  ) throws(MetricError) -> MetricStatistic {
    ClassifierTest.statistic(against: distribution, count: count, settings: settings) {
      [neighbors] in NeighborClassifier.accuracy($0, $1, neighbors: neighbors)
    }
  }

  /// The share of points that their neighbours put on the right side.
  public static func accuracy(_ x: Points, _ y: Points, neighbors k: Int) -> Double {
    var pooled = x
    pooled.append(y)
    let n = x.count
    let isRight = NeighborTree(pooled).map(pooled, count: k, excludingSelf: true) { row, near in
      let votes = near.rows.reduce(0) { $1 < n ? $0 + 1 : $0 }
      return (2 * votes > k) == (row < n)
    }
    return isRight.reduce(0) { $1 ? $0 + 1 : $0 } / Double(pooled.count)
  }
}

/// What classifier two-sample tests share: sides of one size and, for most, a null by retraining.
///
/// A distribution's side is the same draws for the value and for all of the null.
enum ClassifierTest {
  static func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings,
    accuracy: @escaping @Sendable (Points, Points) -> Double
  ) -> MetricEvaluation {
    switch reference.kind {
    case .distribution(let distribution):
      return settings.evaluate(
        sample, against: distribution,
        statistic(
          against: distribution, count: sample.count, settings: settings, accuracy: accuracy))
    case .sample:
      let (x, y) = sides(sample, reference, settings)
      return settings.permuted(x, y, note: note(x.count), accuracy)
    }
  }

  /// The accuracy against fresh draws, as a function of the sample.
  static func statistic(
    against distribution: NoisyDistribution, count: Int, settings: MetricSettings,
    accuracy: @escaping @Sendable (Points, Points) -> Double
  ) -> MetricStatistic {
    let draws = settings.reference(distribution, count: count)
    return MetricStatistic(note: note(count)) { accuracy($0, draws) }
  }

  private static func note(_ count: Int) -> String {
    let spread = 0.5 / Double(2 * count).squareRoot()
    return "chance 0.5, binomial spread \(NumberText.plain(spread))"
  }

  /// As many points of the sample as of the reference; a distribution gives fresh draws.
  static func sides(
    _ sample: Points, _ reference: MetricReference, _ settings: MetricSettings
  ) -> (Points, Points) {
    switch reference.kind {
    case .distribution(let distribution):
      return (sample, settings.reference(distribution, count: sample.count))
    case .sample(let points):
      // With sides of different sizes always naming the larger would beat one half.
      let count = min(sample.count, points.count)
      return (
        settings.thinned(sample, to: count, role: .thinSample),
        settings.thinned(points, to: count, role: .thinReference)
      )
    }
  }
}

extension CatalogEntry where Member == any SampleMetric {
  static var neighborClassifier: Self {
    Self(
      name: "c2st_neighbors",
      summary: "accuracy of nearest neighbours in telling sample from reference",
      source: "Lopez-Paz and Oquab 2017 (arXiv:1610.06545)",
      parameters: [
        ParameterDescription(
          "neighbors", "how many vote; odd", .integer(default: 11, range: 1...19))
      ]
    ) { parameters throws(ParameterError) in
      let neighbors = parameters.integer("neighbors")
      guard neighbors % 2 == 1 else {
        throw ParameterError(
          path: ["neighbors"], message: "expected an odd number, so that votes cannot tie")
      }
      return NeighborClassifier(neighbors: neighbors)
    }
  }
}
