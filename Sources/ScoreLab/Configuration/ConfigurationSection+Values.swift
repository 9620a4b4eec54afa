import OutsideText
package import ScoreCore

extension ConfigurationSection {
  /// Every single value with its path.
  package var leaves: [ConfigurationLeaf] { Self.fields.flatMap { $0.leaves(self) } }

  /// The value of a key that has a single one.
  package func leaf(at path: String) -> ConfigurationValue? {
    Self.fields.lazy.flatMap { $0.leaves(self) }.first { $0.path == path }?.value
  }

  /// The same with one value set, checked as a file is.
  ///
  /// - Throws: ``ConfigurationError`` naming the key and what is allowed.
  package func replacing(
    _ path: String, by value: ConfigurationValue, distributions: [DistributionCatalog.Entry]
  ) throws(ConfigurationError) -> Self {
    let context = ConfigurationReader.Context(
      file: YAMLNode.assignmentOrigin, distributions: distributions)
    let reader = try ConfigurationReader(YAMLNode(content: .map([])), context: context)
    var changed = self
    try changed.set(path, to: value, reader: reader)
    return changed
  }

  /// Sets one value, and checks this section with it.
  ///
  /// - Parameters:
  ///   - path: A key of this section that has a single value.
  ///   - value: A value of the key's kind, in its range.
  ///   - reader: Stands at this section, for the paths of errors.
  /// - Throws: ``ConfigurationError`` where the value does not fit the others.
  package mutating func set(
    _ path: String, to value: ConfigurationValue, reader: ConfigurationReader
  ) throws(ConfigurationError) {
    guard let field = Self.fields.first(where: { $0.owns(path) }) else {
      preconditionFailure("\(path) is no key.")
    }
    try field.set(&self, path, value, reader)
    try Self.check(self, reader: reader)
  }
}

extension RunConfiguration {
  /// The value of a key, or nil if it has none or there is no such key.
  public func value(at path: String) -> ConfigurationValue? { leaf(at: path) }

  /// Every single value by its path; in one go, for a whole form.
  public var values: [String: ConfigurationValue] {
    Dictionary(leaves.map { ($0.path, $0.value) }) { first, _ in first }
  }

  /// This configuration with one value set, as by a form.
  ///
  /// - Parameters:
  ///   - path: A key that has a single value.
  ///   - value: A value of the key's kind, in its range.
  /// - Returns: Values that fit one another.
  /// - Throws: ``ConfigurationError`` where the value does not fit the others.
  public func setting(
    _ path: String, to value: ConfigurationValue
  ) throws(ConfigurationError) -> RunConfiguration {
    try replacing(path, by: value, distributions: DistributionCatalog.all)
  }
}
