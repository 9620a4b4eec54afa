import OutsideText
public import ScoreCore

extension RunConfiguration {
  /// Reads a configuration file; keys that are missing keep their defaults.
  ///
  /// - Parameters:
  ///   - file: The path of a YAML file of at most 1 MiB.
  ///   - catalog: The distributions that can be named.
  /// - Returns: A configuration in which every value is within its range.
  /// - Throws: ``ConfigurationError`` naming the file, the line, the key and what is allowed.
  public static func load(
    file: String, catalog: [DistributionCatalog.Entry] = DistributionCatalog.all
  ) throws(ConfigurationError) -> RunConfiguration {
    try parse(text: YAMLNode.text(ofFile: file), file: file, catalog: catalog)
  }

  /// Reads a configuration from YAML text; keys that are missing keep their defaults.
  ///
  /// - Parameters:
  ///   - text: YAML, or nothing for the defaults.
  ///   - file: The name of its origin in messages.
  ///   - catalog: The distributions that can be named.
  /// - Returns: A configuration in which every value is within its range.
  /// - Throws: ``ConfigurationError`` naming the file, the line, the key and what is allowed.
  public static func parse(
    text: String, file: String, catalog: [DistributionCatalog.Entry] = DistributionCatalog.all
  ) throws(ConfigurationError) -> RunConfiguration {
    var configuration = RunConfiguration()
    guard let root = try YAMLNode.compose(text, file: file) else { return configuration }
    let context = ConfigurationReader.Context(file: file, distributions: catalog)
    var reader = try ConfigurationReader(root, context: context)
    try reader.read(&configuration)
    return configuration
  }

  /// The whole configuration as YAML, which reads back as an equal value.
  ///
  /// - Precondition: Every number is finite.
  public var yaml: String {
    Self.fields.flatMap { $0.entries(self) }.map { "\($0.key): \($0.value)\n" }.joined()
  }

  /// This configuration with some keys set, as by `--set optimizer.learning_rate=0.01`.
  ///
  /// - Parameters:
  ///   - assignments: `key.path=value`, the value in YAML; of several for one key the last counts.
  ///   - catalog: The distributions that can be named.
  /// - Returns: A configuration in which every value is within its range.
  /// - Throws: ``ConfigurationError`` naming the key and what is allowed.
  public func setting(
    _ assignments: [String], catalog: [DistributionCatalog.Entry] = DistributionCatalog.all
  ) throws(ConfigurationError) -> RunConfiguration {
    let root = try YAMLNode(assignments: assignments)
    var configuration = self
    let context = ConfigurationReader.Context(
      file: YAMLNode.assignmentOrigin, distributions: catalog)
    var reader = try ConfigurationReader(root, context: context)
    try reader.read(&configuration)
    return configuration
  }
}
