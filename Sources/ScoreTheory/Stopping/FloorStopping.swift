import ScoreCore

/// The first step after which the training loss is at most the Bayes floor.
///
/// From there on descent can only fit the noise of the targets. The floor is exact for a distribution that
/// is known.
///
/// Source: the discrepancy principle, Morozov 1966, "On the solution of functional equations by the method
/// of regularization".
public struct FloorStopping: StoppingRule, Equatable {
  public init() {}

  /// The last step where the loss stays above the floor.
  public func place(in course: StoppingCourse) -> Int? {
    course.trainingLoss.firstIndex { $0 <= course.floor } ?? course.steps.count - 1
  }
}

extension CatalogEntry where Member == any StoppingRule {
  static let floor = Self(
    name: "floor", summary: "training loss at the Bayes floor", source: "Morozov 1966"
  ) { _ in FloorStopping() }
}
