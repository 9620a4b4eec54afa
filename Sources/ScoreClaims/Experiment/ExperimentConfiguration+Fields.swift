public import ScoreLab

extension ExperimentConfiguration {
  /// The parameters of the experiment chosen and the seed, for forms; the keys of its run are those
  /// of ``ConfigurationCatalog`` under `run.`.
  public var fields: [FieldDescription] {
    Self.fields.filter { $0.key != "run" }.flatMap(\.descriptions).filter { field in
      field.path != "experiment" && (field.owner.map { $0.name == choice.name } ?? true)
    }
  }

  /// The value of a key, or nil if there is no such key.
  ///
  /// - Returns: YAML that ``setting(_:)`` takes back; a parameter that is text comes without quotes.
  public func text(at path: String) -> String? {
    Self.fields.lazy.flatMap { $0.leaves(self) }.first { $0.path == path }?.text
  }
}
