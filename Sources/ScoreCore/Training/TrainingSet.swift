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

  /// The clean points of one batch, `[count, dimension]`.
  func batch(count: Int, step: Int, seed: UInt64) -> Points {
    switch self {
    case .fixed(let points):
      var stream = RandomStream(seed: seed, purpose: .batchRows, index: UInt64(step))
      var batch = Points(zeros: count, dimension: points.dimension)
      for row in 0..<count {
        let source = stream.integer(below: points.count)
        for axis in 0..<points.dimension { batch[row, axis] = points[source, axis] }
      }
      return batch
    case .unlimited(let distribution):
      var stream = RandomStream(seed: seed, purpose: .freshPoints, index: UInt64(step))
      return distribution.sample(count: count, using: &stream)
    }
  }
}
