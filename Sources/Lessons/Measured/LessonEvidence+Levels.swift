import ScoreCore
import ScoreLab

/// What is measured at the noise level nearest to a time.
extension LessonEvidence {
  func parts(at time: Double, _ snapshot: Snapshot) -> ErrorParts.Level? {
    guard let levels = snapshot.measurements.errorParts?.levels else { return nil }
    return scene?.nearest(to: time, of: levels.map(\.whole.level)).map { levels[$0] }
  }

  func dimension(at time: Double, _ snapshot: Snapshot) -> FoundDimensions.Level? {
    guard let levels = snapshot.measurements.foundDimensions?.levels else { return nil }
    return scene?.nearest(to: time, of: levels.map(\.level)).map { levels[$0] }
  }

  /// Something of the losses at a level, of the target that the run learns.
  func loss(
    at time: Double, _ snapshot: Snapshot,
    _ value: (LevelLosses, any TrainingTarget, Int) -> Double?
  ) -> Double? {
    guard let losses = snapshot.measurements.levelLosses,
      let place = scene?.nearest(to: time, of: losses.levels.map(\.level))
    else { return nil }
    return value(losses, configuration.objective.make().target, place)
  }
}

extension LessonScene {
  /// The place of the level whose log signal-to-noise ratio is nearest to that of a time; nil without
  /// levels.
  func nearest(to time: Double, of levels: [NoiseLevel]) -> Int? {
    guard let wanted = level(at: max(time, process.stop))?.logSNR else { return nil }
    return levels.indices.min { abs(levels[$0].logSNR - wanted) < abs(levels[$1].logSNR - wanted) }
  }
}
