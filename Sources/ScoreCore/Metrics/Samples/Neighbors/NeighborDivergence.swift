import Glibc

/// The Kullback-Leibler divergence of the sample from the reference, by nearest neighbours.
///
/// ```
/// KL = d/n sum_i log(nu_k(i) / rho_k(i)) + log(m / (n - 1))
/// ```
/// with `rho_k(i)` the distance of point i of the sample to its k-th neighbour in the sample and
/// `nu_k(i)` that to its k-th neighbour among the m points of the reference. In nats; it may come
/// out negative. A known distribution stands as as many draws.
///
/// Source: Wang, Kulkarni and Verdu 2009, "Divergence estimation for multidimensional densities via
/// k-nearest-neighbor distances", IEEE Trans. Inf. Theory 55.
public struct NeighborDivergence: SampleMetric {
  /// Which neighbour; a larger one varies less and blurs more.
  public var neighbor: Int

  public init(neighbor: Int = 5) {
    precondition((1..<MetricError.fewestPoints).contains(neighbor), "The neighbour is 1 to 19.")
    self.neighbor = neighbor
  }

  public func obstacle(dimension: Int, reference: MetricReference) -> String? { nil }

  public func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation {
    let k = neighbor
    let evaluation: MetricEvaluation
    switch reference.kind {
    case .distribution(let distribution):
      let draws = settings.reference(distribution, count: sample.count)
      let tree = NeighborTree(draws)
      evaluation = settings.evaluate(sample, against: distribution) {
        NeighborDivergence.value($0, tree: tree, treeCount: draws.count, neighbor: k)
      }
    case .sample(let points):
      evaluation = settings.permuted(sample, points) {
        NeighborDivergence.value($0, $1, neighbor: k)
      }
    }
    guard evaluation.value.isFinite, evaluation.null.allSatisfy(\.isFinite) else {
      throw MetricError(
        message: "more than \(neighbor) points are equal, so a neighbour is at distance 0")
    }
    return evaluation
  }

  /// The estimate for two samples of more than `neighbor` points.
  public static func value(_ x: Points, _ y: Points, neighbor: Int) -> Double {
    value(x, tree: NeighborTree(y), treeCount: y.count, neighbor: neighbor)
  }

  private static func value(
    _ x: Points, tree: NeighborTree, treeCount: Int, neighbor k: Int
  ) -> Double {
    let own = NeighborTree(x).map(x, count: k, excludingSelf: true) { $1.squared[k - 1] }
    let other = tree.map(x, count: k) { $1.squared[k - 1] }
    let sum = zip(own, other).reduce(0) { $0 + log($1.1 / $1.0) / 2 }
    return Double(x.dimension) * sum / Double(x.count)
      + log(Double(treeCount) / Double(x.count - 1))
  }
}

extension CatalogEntry where Member == any SampleMetric {
  static var neighborDivergence: Self {
    Self(
      name: "kl_neighbors", summary: "Kullback-Leibler divergence by nearest neighbours, in nats",
      source: "Wang, Kulkarni and Verdu 2009, IEEE Trans. Inf. Theory 55",
      parameters: [
        ParameterDescription("neighbor", "which neighbour", .integer(default: 5, range: 1...19))
      ]
    ) { NeighborDivergence(neighbor: $0.integer("neighbor")) }
  }
}
