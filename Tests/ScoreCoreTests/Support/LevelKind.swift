import ScoreCore

/// The level draws over a whole range, for tests with a closed form for each.
enum LevelKind: String, CaseIterable, Sendable {
  case uniformLogSNR
  case uniformTime

  var draw: any LevelDraw {
    switch self {
    case .uniformLogSNR: UniformLogSNR()
    case .uniformTime: UniformTime()
    }
  }

  /// The noise target with these levels.
  var objective: Objective { Objective(levels: draw) }
}
