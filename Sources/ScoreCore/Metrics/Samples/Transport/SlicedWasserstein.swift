import Glibc

/// The Wasserstein distance of projections, averaged over directions.
///
/// ```
/// SW_p = (mean over directions v of W_p(v . x, v . y)^p)^(1/p)
/// ```
/// In the plane the directions are at the angles `pi k / count`; in more dimensions they are drawn
/// once from the seed. A known distribution stands as draws of its own.
///
/// Source: Bonneel, Rabin, Peyre and Pfister 2015, "Sliced and Radon Wasserstein barycenters of
/// measures", J. Math. Imaging Vis. 51.
public struct SlicedWasserstein: StatisticMetric {
  /// The power p of the distance, 1 or 2.
  public var order: Int
  /// The number of directions.
  public var directionCount: Int

  public init(order: Int, directionCount: Int = 64) {
    precondition((1...2).contains(order), "The order is 1 or 2.")
    precondition(directionCount >= 1, "There must be a direction.")
    self.order = order
    self.directionCount = directionCount
  }

  public func obstacle(dimension: Int, reference: MetricReference) -> String? {
    dimension == 1 ? "for 2 or more dimensions; see wasserstein\(order)" : nil
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
      let directions = directions(dimension: sample.dimension, settings: settings)
      return settings.permuted(sample, points, note: note) { [order] in
        SlicedWasserstein.distance($0, $1, directions: directions, order: order)
      }
    }
  }

  public func statistic(
    against distribution: NoisyDistribution, count: Int, settings: MetricSettings
  ) throws(MetricError) -> MetricStatistic {
    let directions = directions(dimension: distribution.dimension, settings: settings)
    let draws = settings.reference(distribution, count: min(20_000, max(4096, 2 * count)))
    let sorted = SlicedWasserstein.sortedProjections(of: draws, on: directions)
    return MetricStatistic(note: note) { [order] in
      SlicedWasserstein.distance(
        SlicedWasserstein.sortedProjections(of: $0, on: directions), sorted, order: order)
    }
  }

  private var note: String { "\(directionCount) directions" }

  /// Unit directions, `[directionCount, dimension]`.
  func directions(dimension: Int, settings: MetricSettings) -> Points {
    if dimension == 2 {
      return Points(
        values: (0..<directionCount).flatMap { k in
          let angle = Double.pi * Double(k) / Double(directionCount)
          return [cos(angle), sin(angle)]
        }, dimension: 2)
    }
    var stream = settings.stream(.directions)
    var directions = stream.normals(count: directionCount, dimension: dimension)
    for (row, squared) in directions.squaredNorms().enumerated() {
      for axis in 0..<dimension { directions[row, axis] /= squared.squareRoot() }
    }
    return directions
  }

  /// The distance between two samples of any sizes.
  static func distance(_ x: Points, _ y: Points, directions: Points, order: Int) -> Double {
    distance(
      sortedProjections(of: x, on: directions), sortedProjections(of: y, on: directions),
      order: order)
  }

  private static func distance(_ x: [[Double]], _ y: [[Double]], order: Int) -> Double {
    let sum = zip(x, y).reduce(0) { $0 + LineTransport.cost($1.0, $1.1, order: order) }
    return LineTransport.root(sum / Double(x.count), order: order)
  }

  /// One ascending list for each direction.
  static func sortedProjections(of points: Points, on directions: Points) -> [[Double]] {
    let d = points.dimension
    return (0..<directions.count).map { direction in
      var projected = Array(repeating: 0.0, count: points.count)
      for row in 0..<points.count {
        var sum = 0.0
        for axis in 0..<d {
          sum += directions.values[direction * d + axis] * points.values[row * d + axis]
        }
        projected[row] = sum
      }
      projected.sortByDigits()
      return projected
    }
  }
}

extension CatalogEntry where Member == any SampleMetric {
  private static func sliced(_ order: Int) -> Self {
    Self(
      name: "sliced_wasserstein\(order)",
      summary: "Wasserstein distance of order \(order) of projections, over directions",
      source: "Bonneel et al. 2015, J. Math. Imaging Vis. 51",
      parameters: [
        ParameterDescription(
          "directions", "how many directions", .integer(default: 64, range: 1...10_000))
      ]
    ) { SlicedWasserstein(order: order, directionCount: $0.integer("directions")) }
  }

  static var slicedWasserstein1: Self { sliced(1) }
  static var slicedWasserstein2: Self { sliced(2) }
}
