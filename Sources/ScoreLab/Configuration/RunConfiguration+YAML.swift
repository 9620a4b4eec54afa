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
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try OpenFile(reading: file).readAll(limit: ConfigurationNode.longestText)
    } catch {
      throw ConfigurationError(file: file, message: error.reason)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ConfigurationError(file: file, message: "not text in UTF-8")
    }
    return try parse(text: text, file: file, catalog: catalog)
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
    guard let root = try ConfigurationNode.compose(text, file: file) else { return configuration }
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
    let origin = "--set"
    var root = ConfigurationNode(content: .map([]), line: nil)
    for assignment in assignments {
      let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let path = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, path.count <= 8, path.allSatisfy({ !$0.isEmpty }) else {
        throw ConfigurationError(
          file: origin,
          message: "expected key.path=value, found \"\(SafeText.sanitized(assignment))\"")
      }
      let value: ConfigurationNode?
      do throws(ConfigurationError) {
        value = try ConfigurationNode.compose(String(parts[1]), file: origin)
      } catch {
        throw ConfigurationError(
          file: origin, path: SafeText.sanitized(String(parts[0])), message: error.message)
      }
      root.set(
        path, to: value?.withoutLines ?? ConfigurationNode(content: .scalar("", isPlain: true)))
    }
    var configuration = self
    let context = ConfigurationReader.Context(file: origin, distributions: catalog)
    var reader = try ConfigurationReader(root, context: context)
    try reader.read(&configuration)
    return configuration
  }
}

extension ConfigurationNode {
  /// The same value without the lines, which mean nothing outside a file.
  fileprivate var withoutLines: ConfigurationNode {
    switch content {
    case .scalar: ConfigurationNode(content: content)
    case .list(let items): ConfigurationNode(content: .list(items.map(\.withoutLines)))
    case .map(let entries):
      ConfigurationNode(
        content: .map(entries.map { Entry(key: $0.key, value: $0.value.withoutLines) }))
    }
  }

  /// Sets the value of a path of keys; whatever stands in its way gives way.
  fileprivate mutating func set(_ path: some Collection<String>, to value: ConfigurationNode) {
    guard let key = path.first else {
      self = value
      return
    }
    var entries: [Entry] = if case .map(let entries) = content { entries } else { [] }
    let index = entries.firstIndex { $0.key == key } ?? entries.count
    if index == entries.count {
      entries.append(Entry(key: key, value: ConfigurationNode(content: .map([]))))
    }
    entries[index].value.set(path.dropFirst(), to: value)
    content = .map(entries)
  }
}
