/// A number of how well a model predicts a target in held-out real rows.
public enum TargetMeasure: String, CaseIterable, Sendable {
  /// ``ClassScores/f1``.
  case f1 = "F1"
  /// ``ClassScores/rareF1``.
  case rareF1 = "rarer F1"
  /// ``ClassScores/auc``.
  case auc = "AUC"
  /// ``ClassScores/accuracy``.
  case accuracy
  /// ``NumberScores/rSquared``.
  case rSquared = "R^2"
  /// ``NumberScores/rmse``.
  case rmse = "RMSE"
}

extension ClassScores {
  var measures: [TargetMeasure: Double] {
    var found: [TargetMeasure: Double] = [.f1: f1, .accuracy: accuracy]
    found[.rareF1] = rareF1
    found[.auc] = auc
    return found
  }
}

extension NumberScores {
  var measures: [TargetMeasure: Double] {
    var found: [TargetMeasure: Double] = [.rmse: rmse]
    found[.rSquared] = rSquared
    return found
  }
}

/// A kind of model that learns a target.
public enum TargetJudge: String, CaseIterable, Sendable {
  /// ``LogisticRegression`` of classes, ``LinearRegression`` of numbers.
  case linear
  /// ``RandomForest``.
  case forest
  /// ``GradientBoosting``.
  case boosting

  /// Its name for a target with categories or without.
  public func name(forClasses hasClasses: Bool) -> String {
    switch self {
    case .linear: hasClasses ? "logistic" : "linear"
    case .forest: "forest"
    case .boosting: "boosting"
    }
  }

  /// Whether it is another model with another seed.
  var hasSeed: Bool {
    switch self {
    case .linear, .boosting: false
    case .forest: true
    }
  }

  /// What one model of this kind reaches; nothing where a library fails.
  func measures(_ task: TargetTask, seed: UInt64) -> [TargetMeasure: Double] {
    let hasClasses = task.column.kind.hasCategories
    return switch self {
    case .linear: hasClasses ? task.logistic.measures : task.linear.measures
    case .forest:
      hasClasses ? task.forest(seed: seed).measures : task.numberForest(seed: seed).measures
    case .boosting:
      (hasClasses ? task.boosting?.measures : task.numberBoosting?.measures) ?? [:]
    }
  }
}
