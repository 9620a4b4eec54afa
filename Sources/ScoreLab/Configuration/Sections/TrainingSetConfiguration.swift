import ScoreCore

/// How many points there are to train on.
public enum TrainingSetSize: Sendable, Equatable {
  /// That many points, drawn once, at least 2.
  case fixed(Int)
  /// Fresh draws in every step.
  case unlimited

  /// The number of points, or nil for fresh draws.
  var fixedCount: Int? {
    switch self {
    case .fixed(let count): count
    case .unlimited: nil
    }
  }

  /// The size as it is written in YAML.
  public var text: String {
    switch self {
    case .fixed(let count): "\(count)"
    case .unlimited: ValueKind.unlimited
    }
  }
}

/// The points to train on.
public struct TrainingSetConfiguration: ConfigurationSection {
  /// The number of points, 2 to 10,000,000, or unlimited.
  public var count = TrainingSetSize.fixed(2000)

  public init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .size(
      "count", "points to train on; unlimited draws fresh ones", \.count, in: 2...10_000_000,
      place: FormPlace(.data, "training set n"))
  ]
}
