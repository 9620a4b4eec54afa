/// Where the clean points of a batch come from.
public enum TrainingSet: Sendable {
  /// A fixed set of n points, drawn with replacement.
  case fixed(Points)
  /// Fresh points of the law at every step.
  case unlimited(any KnownScoreDistribution)

  /// Makes the training set of a run: `count` points of the law, or fresh ones without a count.
  public static func make(
    from distribution: any KnownScoreDistribution, count: Int?, seed: UInt64
  ) -> TrainingSet {
    guard let count else { return .unlimited(distribution) }
    var stream = RandomStream(seed: seed, purpose: .trainingSet)
    return .fixed(distribution.sample(count: count, using: &stream))
  }

  public var dimension: Int {
    switch self {
    case .fixed(let points): points.dimension
    case .unlimited(let distribution): distribution.dimension
    }
  }
}

/// The points that stay in memory for a whole run, float32.
struct ResidentPoints: Sendable {
  let values: [Float]
  let count: Int

  init(_ points: Points) {
    values = points.values.map { Float($0) }
    count = points.count
  }
}
