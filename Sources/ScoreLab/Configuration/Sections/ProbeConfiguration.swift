import ScoreCore

/// How the score error is measured while training.
public struct ProbeConfiguration: ConfigurationSection {
  /// The share of points left out of the quantile `D_delta`, 1e-4 to 0.5.
  public var delta = 0.05
  /// The number of noise levels, 2 to 64.
  public var levels = 12
  /// The number of points at each level, 64 to 262,144.
  public var points = 4096

  public init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .number(
      "delta", "share of points left out of D_delta", \.delta, in: 1e-4...0.5, live: .quantile,
      place: FormPlace(.probe, "delta")),
    .integer(
      "levels", "noise levels measured at", \.levels, in: 2...64,
      place: FormPlace(.probe, "probe levels")),
    .integer(
      "points", "points at each level", \.points, in: 64...262_144, steps: .powersOfTwo,
      place: FormPlace(.probe, "probe points")),
  ]
}
