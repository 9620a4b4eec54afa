/// The Wasserstein distance of order 2 in any dimension, by an optimal assignment.
///
/// Exact between the points used, which are at most 256 of each side: the time grows with the cube
/// of their number. Its null is high, because in d > 2 dimensions empirical distributions approach
/// each other only like `N^(-1/d)`.
///
/// Source: the assignment is by the method of Kuhn 1955, Naval Research Logistics Quarterly 2.
public struct AssignmentWasserstein: SampleMetric {
  public init() {}

  public var pointLimit: Int { 256 }

  public func obstacle(dimension: Int, reference: MetricReference) -> String? {
    dimension == 1 ? "for 2 or more dimensions; see wasserstein2" : nil
  }

  public func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation {
    switch reference.kind {
    case .distribution(let distribution):
      let draws = settings.reference(distribution, count: sample.count)
      return settings.evaluate(sample, against: distribution) {
        AssignmentWasserstein.squaredDistance($0, draws).squareRoot()
      }
    case .sample(let points):
      // The file's order may mean something, so what is left out is chosen at random.
      let count = min(sample.count, points.count)
      let x = settings.thinned(sample, to: count, role: .thinSample)
      let y = settings.thinned(points, to: count, role: .thinReference)
      return settings.permuted(x, y) {
        AssignmentWasserstein.squaredDistance($0, $1).squareRoot()
      }
    }
  }

  /// The mean squared distance of the best matching of two samples of one size.
  static func squaredDistance(_ x: Points, _ y: Points) -> Double {
    precondition(x.count == y.count, "A matching needs as many points on either side.")
    let n = x.count
    var cost = Array(repeating: 0.0, count: n * n)
    for i in 0..<n {
      for j in 0..<n {
        var sum = 0.0
        for axis in 0..<x.dimension {
          let gap = x[i, axis] - y[j, axis]
          sum += gap * gap
        }
        cost[i * n + j] = sum
      }
    }
    let columns = Assignment.best(cost: cost, count: n)
    return columns.enumerated().reduce(0) { $0 + cost[$1.offset * n + $1.element] } / Double(n)
  }
}

extension CatalogEntry where Member == any SampleMetric {
  static var assignmentWasserstein2: Self {
    Self(
      name: "assignment_wasserstein2",
      summary: "Wasserstein distance of order 2 in any dimension, exact on up to 256 points",
      source: "Kuhn 1955, Naval Research Logistics Quarterly 2 (the assignment)"
    ) { _ in AssignmentWasserstein() }
  }
}
