/// How well models that learn the target's classes from rows predict them in held-out real rows.
///
/// Source: "train on synthetic, test on real", Esteban, Hyland and Raetsch 2017, arXiv:1706.02633 (from
/// memory).
public struct TargetJudgement: Sendable, Equatable {
  public let logistic: ClassScores
  public let forest: ClassScores

  /// Trains both models and tests them; nil where the target has no categories, or fewer than two of
  /// them are in `rows`.
  ///
  /// - Parameters:
  ///   - rows: What models are trained on.
  ///   - tested: Held-out real rows.
  ///   - target: The place of the target column: one with categories, without gaps in `tested`.
  ///   - seed: The seed of the forest.
  public init?(training rows: Table, testing tested: Table, target: Int, seed: UInt64) {
    guard rows.columns[target].kind.hasCategories,
      let task = TargetTask(training: rows, testing: tested, target: target),
      Set(task.classes).count > 1
    else { return nil }
    (logistic, forest) = (task.logistic, task.forest(seed: seed))
  }
}
