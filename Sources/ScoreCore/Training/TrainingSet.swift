/// Where the clean points of a batch come from.
public enum TrainingSet: Sendable {
  /// A fixed set of n points, drawn with replacement.
  case fixed(Points)
  /// The same with conditions, or with a level and noise of its own for each.
  case rows(TrainingRows)
  /// Fresh points of the distribution at every step.
  case unlimited(any KnownScoreDistribution)
  /// Fresh points with their conditions at every step.
  case unlimitedConditional(any ConditionalDistribution)

  /// Makes the training set of a run: `count` points of the distribution, or fresh ones without a
  /// count.
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
    case .rows(let rows): rows.points.dimension
    case .unlimited(let distribution): distribution.dimension
    case .unlimitedConditional(let distribution): distribution.dimension
    }
  }

  /// The number of values of a point's condition; 0 where it has none.
  public var conditionCount: Int {
    switch self {
    case .fixed, .unlimited: 0
    case .rows(let rows): rows.conditions?.dimension ?? 0
    case .unlimitedConditional(let distribution): distribution.conditionCount
    }
  }

  /// The points of a fixed set; nil where every step draws fresh ones.
  var rows: TrainingRows? {
    switch self {
    case .fixed(let points): TrainingRows(points: points)
    case .rows(let rows): rows
    case .unlimited, .unlimitedConditional: nil
    }
  }

  /// Draws fresh points, of a set that is not fixed.
  func draw(count: Int, using stream: inout RandomStream) -> TrainingRows {
    switch self {
    case .fixed, .rows: preconditionFailure("A fixed set draws nothing.")
    case .unlimited(let distribution):
      TrainingRows(points: distribution.sample(count: count, using: &stream))
    case .unlimitedConditional(let distribution):
      TrainingRows(distribution.sample(count: count, using: &stream))
    }
  }
}

/// The rows that stay in memory for a whole run, or for a step that draws fresh ones, float32.
struct ResidentRows: Sendable {
  /// The points, `[count, dimension]`.
  let points: [Float]
  let count: Int
  /// The conditions, `[count, conditionCount]`.
  let conditions: [Float]
  let conditionCount: Int
  /// The noise that rows carry, `[count, dimension]`; empty where they carry none.
  let noise: [Float]
  /// The share of a batch's rows that get zeros in place of their condition.
  let conditionDropout: Double

  init(_ rows: TrainingRows) {
    points = rows.points.values.map { Float($0) }
    count = rows.points.count
    conditions = rows.conditions?.values.map { Float($0) } ?? []
    conditionCount = rows.conditions?.dimension ?? 0
    noise = rows.pairs?.noise.values.map { Float($0) } ?? []
    conditionDropout = rows.conditionDropout
  }
}
