import ScoreCore
public import ScoreLab

extension ExperimentConfiguration {
  /// The parameters of the experiment chosen and the seed, for forms; the keys of its run are those
  /// of `ConfigurationCatalog` under `run.`.
  public var fields: [FieldDescription] {
    Self.fields.filter { $0.key != "run" }.flatMap(\.descriptions).filter { field in
      field.path != "experiment" && (field.owner.map { $0.name == choice.name } ?? true)
    }
  }

  /// The value of a key, or nil if there is no such key.
  ///
  /// - Returns: YAML that ``setting(_:)`` takes back; a parameter that is text comes without quotes.
  public func text(at path: String) -> String? {
    leaf(at: path)?.text
  }
}

extension ExperimentConfiguration {
  /// The value of a key, or nil if it has none or there is no such key.
  public func value(at path: String) -> ConfigurationValue? { leaf(at: path) }

  /// This configuration with one value set, as by a form; not the experiment itself.
  ///
  /// - Parameters:
  ///   - path: A key that has a single value.
  ///   - value: A value of the key's kind, in its range.
  /// - Returns: Values that fit one another.
  /// - Throws: `ConfigurationError` where the value does not fit the others.
  public func setting(
    _ path: String, to value: ConfigurationValue
  ) throws(ConfigurationError) -> ExperimentConfiguration {
    let changed = try replacing(path, by: value, distributions: DistributionCatalog.all)
    precondition(changed.choice.name == choice.name, "An experiment is chosen by its name.")
    return changed
  }
}
