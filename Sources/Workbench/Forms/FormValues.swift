import ScoreClaims
import ScoreLab

/// Values that a form sets one at a time, checked as a file is.
protocol FormValues {
  func setting(
    _ path: String, to value: ConfigurationValue
  ) throws(ConfigurationError) -> Self

  /// The same with keys set as by `--set`, each `path=value`.
  func setting(assignments: [String]) throws(ConfigurationError) -> Self
}

extension FormValues {
  /// The same with one value set, and with what waits for it chosen.
  ///
  /// - Throws: ``ConfigurationError`` naming the key and what is allowed.
  func setting(
    _ field: FormField, to input: FormInput, choosing pending: PendingChoice? = nil
  ) throws(ConfigurationError) -> Self {
    switch input {
    case .chosen(let value): return try setting(field.path, to: value)
    case .typed(let text):
      let companions = pending.map { ["\($0.path)=\($0.name)"] } ?? []
      return try setting(assignments: companions + [field.assignment(of: text)])
    }
  }
}

extension RunConfiguration: FormValues {
  func setting(assignments: [String]) throws(ConfigurationError) -> Self {
    try setting(assignments)
  }
}

extension ExperimentConfiguration: FormValues {
  func setting(assignments: [String]) throws(ConfigurationError) -> Self {
    try setting(assignments)
  }
}

extension PlanValues: FormValues {
  func setting(assignments: [String]) throws(ConfigurationError) -> Self {
    try setting(assignments)
  }
}
