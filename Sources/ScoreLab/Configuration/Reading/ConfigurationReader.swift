package import OutsideText
package import ScoreCore

/// Reads the keys of one map, strictly: each getter checks type and range, and ``finish()``
/// refuses the keys that no getter asked for.
///
/// Every getter returns nil for a key that is not there.
package struct ConfigurationReader {
  /// What a whole reading shares.
  package struct Context {
    /// The name of the origin in messages.
    package var file: String
    /// The distributions that can be named.
    package var distributions: [DistributionCatalog.Entry]

    package init(file: String, distributions: [DistributionCatalog.Entry]) {
      self.file = file
      self.distributions = distributions
    }
  }

  package let context: Context
  /// The keys that lead here; empty at the top.
  package let path: [String]
  /// The map itself.
  package let node: YAMLNode
  private let entries: [YAMLNode.Entry]
  private(set) var keysRead: [String] = []
  /// Why some unknown keys have no place here.
  private var refusals: [String: String] = [:]
  private var postponed: ConfigurationError?

  /// Opens a map; nothing at all counts as an empty one.
  package init(
    _ node: YAMLNode, path: [String] = [], context: Context
  ) throws(ConfigurationError) {
    self.context = context
    self.path = path
    self.node = node
    switch node.content {
    case .map(let entries): self.entries = entries
    case _ where node.isNull: entries = []
    default:
      throw ConfigurationError(
        file: context.file, line: node.line, path: path.joined(separator: "."),
        message: "expected a map of keys and values, found \(node.found)")
    }
  }

  // MARK: - Values

  /// The value of a key, whatever it is.
  package mutating func value(_ key: String) -> YAMLNode? {
    if !keysRead.contains(key) { keysRead.append(key) }
    guard let entry = entries.first(where: { $0.key == key }) else { return nil }
    var value = entry.value
    // An empty value begins wherever the next key does.
    if value.isNull { value.line = entry.line }
    return value
  }

  /// Whether a key is there.
  package func has(_ key: String) -> Bool { entries.contains { $0.key == key } }

  package mutating func number(
    _ key: String, in range: ClosedRange<Double>
  ) throws(ConfigurationError) -> Double? {
    guard let node = value(key) else { return nil }
    guard case .number(let number)? = node.scalar, range.contains(number) else {
      throw unexpected(node, at: key, "a number", from: range)
    }
    return number
  }

  package mutating func integer(
    _ key: String, in range: ClosedRange<Int>, multipleOf divisor: Int = 1
  ) throws(ConfigurationError) -> Int? {
    guard let node = value(key) else { return nil }
    guard let number = node.integer, range.contains(number), number % divisor == 0 else {
      throw unexpected(node, at: key, FieldDescription.wholeNumber(divisor), from: range)
    }
    return number
  }

  /// A whole number from 0 to 2^64 - 1, exactly.
  package mutating func seed(_ key: String) throws(ConfigurationError) -> UInt64? {
    guard let node = value(key) else { return nil }
    guard case .number(let number)? = node.scalar, case .scalar(let text, _) = node.content,
      let seed = UInt64(text) ?? UInt64(exactly: number)
    else { throw unexpected(node, at: key, "a whole number", from: 0...UInt64.max) }
    return seed
  }

  package mutating func flag(_ key: String) throws(ConfigurationError) -> Bool? {
    guard let node = value(key) else { return nil }
    guard case .flag(let flag)? = node.scalar else {
      throw error(at: [key], node, "expected true or false, found \(node.found)")
    }
    return flag
  }

  package mutating func text(_ key: String) throws(ConfigurationError) -> String? {
    guard let node = value(key) else { return nil }
    guard case .text(let text)? = node.scalar else {
      throw error(at: [key], node, "expected text, found \(node.found)")
    }
    return text
  }

  package mutating func choice(
    _ key: String, of choices: [String]
  ) throws(ConfigurationError) -> String? {
    guard let node = value(key) else { return nil }
    if case .text(let text)? = node.scalar {
      if choices.contains(text) { return text }
      if let new = RenamedNames.all.name(of: text, at: .value(key: name(of: key))) {
        throw error(at: [key], node, "\(SafeText.sanitized(text)) is now \(new)")
      }
      if let meant = Spelling.suggestion(for: text, among: choices) {
        throw error(
          at: [key], node,
          "expected \(FieldDescription.alternatives(choices)), found \(node.found); "
            + "did you mean \(meant)?")
      }
    }
    throw error(
      at: [key], node, "expected \(FieldDescription.alternatives(choices)), found \(node.found)")
  }

  package mutating func integers(
    _ key: String, lengths: ClosedRange<Int>, in range: ClosedRange<Int>
  ) throws(ConfigurationError) -> [Int]? {
    guard let node = value(key) else { return nil }
    guard case .list(let items) = node.content, lengths.contains(items.count) else {
      let expected = FieldDescription.list(lengths: lengths, range: range)
      throw error(at: [key], node, "expected \(expected), found \(node.found)")
    }
    var numbers: [Int] = []
    for (index, item) in items.enumerated() {
      guard let number = item.integer, range.contains(number) else {
        throw unexpected(item, at: "\(key).\(index + 1)", "a whole number", from: range)
      }
      numbers.append(number)
    }
    return numbers
  }

  package mutating func trainingSetSize(
    _ key: String, in range: ClosedRange<Int>
  ) throws(ConfigurationError) -> TrainingSetSize? {
    guard let node = value(key) else { return nil }
    if node.scalar == .text(ValueKind.unlimited) { return .unlimited }
    guard let number = node.integer, range.contains(number) else {
      throw error(
        at: [key], node,
        "expected \(FieldDescription.size(range: range)), found \(node.found)")
    }
    return .fixed(number)
  }

  /// The map of a key; nil also when the key is there with nothing behind it.
  package mutating func section(_ key: String) throws(ConfigurationError) -> ConfigurationReader? {
    guard let node = value(key), !node.isNull else { return nil }
    return try ConfigurationReader(node, path: path + [key], context: context)
  }

  /// A reader of an empty map under a key, for what is set without a file.
  func under(_ key: String) throws(ConfigurationError) -> ConfigurationReader {
    try ConfigurationReader(YAMLNode(content: .map([])), path: path + [key], context: context)
  }

  /// Any value a catalog's member reads itself.
  package mutating func parameter(_ key: String) throws(ConfigurationError) -> ParameterValue? {
    guard let node = value(key) else { return nil }
    return try parameterValue(node, at: [key])
  }

  private func parameterValue(
    _ node: YAMLNode, at path: [String]
  ) throws(ConfigurationError) -> ParameterValue {
    switch node.content {
    case .list(let items):
      var values: [ParameterValue] = []
      for (index, item) in items.enumerated() {
        values.append(try parameterValue(item, at: path + ["\(index + 1)"]))
      }
      return .list(values)
    case .map(let entries):
      var values: [String: ParameterValue] = [:]
      for entry in entries {
        // A distribution may hold another one.
        try refuseRenamed(entry, of: self.path.last ?? "", under: path)
        values[entry.key] = try parameterValue(entry.value, at: path + [entry.key])
      }
      return .map(values)
    case .scalar:
      switch node.scalar {
      case .number(let number) where number.isFinite: return .number(number)
      case .flag(let flag): return .flag(flag)
      case .text(let text): return .text(text)
      default:
        throw error(at: path, self.node.nearest(path), "expected a value, found \(node.found)")
      }
    }
  }

  /// The name of a key in ``RenamedNames``; where a run stands within an experiment makes no
  /// difference.
  private func name(of key: String) -> String {
    ((path.first == "run" ? Array(path.dropFirst()) : path) + [key]).joined(separator: ".")
  }

  // MARK: - Errors

  /// Refuses every key that was not asked for, then throws what was postponed.
  ///
  /// - Parameter section: The name of this map in ``RenamedNames``, where that is not its key.
  /// - Throws: ``ConfigurationError`` for the first such key, with its new name if it was renamed.
  package func finish(of section: String? = nil) throws(ConfigurationError) {
    for entry in entries where !keysRead.contains(entry.key) {
      try refuseRenamed(entry, of: section ?? path.last ?? "")
      let meant = Spelling.suggestion(for: entry.key, among: keysRead)
      let hint = meant.map { ", did you mean \($0)?" } ?? ";"
      let reason = refusals[entry.key].map { "\($0);" } ?? "unknown key\(hint)"
      throw ConfigurationError(
        file: context.file, line: entry.line,
        path: (path + [SafeText.sanitized(entry.key)]).joined(separator: "."),
        message: "\(reason) allowed here: \(keysRead.joined(separator: ", "))")
    }
    if let postponed { throw postponed }
  }

  /// Refuses a key by the name that it had once, with the one it has now.
  private func refuseRenamed(
    _ entry: YAMLNode.Entry, of section: String, under keys: [String] = []
  ) throws(ConfigurationError) {
    guard let name = RenamedNames.all.name(of: entry.key, at: .key(section: section)) else {
      return
    }
    let (old, new) = (path + keys + [entry.key], path + keys + [name])
    throw ConfigurationError(
      file: context.file, line: entry.line,
      message: "\(old.joined(separator: ".")) is now \(new.joined(separator: "."))")
  }

  /// Gives the reason why a key has no place here, should it be there.
  package mutating func refuse(_ key: String, saying reason: String) { refusals[key] = reason }

  /// Keeps an error, of several the first, until it is sure that no key was misspelt.
  package mutating func postpone(_ error: ConfigurationError) { postponed = postponed ?? error }

  /// An error at a key of this map, on the line of its value or the nearest one.
  package func error(at path: [String], _ message: String) -> ConfigurationError {
    error(at: path, node.nearest(path), message)
  }

  /// What is wrong with parameters of this map, as an error of the configuration.
  package func error(_ error: ParameterError) -> ConfigurationError {
    self.error(at: error.path, SafeText.sanitized(error.message, limit: 400))
  }

  private func error(
    at path: [String], _ node: YAMLNode, _ message: String
  ) -> ConfigurationError {
    let shown = (self.path + path.map { SafeText.sanitized($0) }).joined(separator: ".")
    return ConfigurationError(file: context.file, line: node.line, path: shown, message: message)
  }

  private func unexpected<Bound>(
    _ node: YAMLNode, at key: String, _ what: String, from range: ClosedRange<Bound>
  ) -> ConfigurationError {
    let expected = FieldDescription.bounded(what, range)
    return error(at: [key], node, "expected \(expected), found \(node.found)")
  }
}

extension YAMLNode {
  /// The whole number of a scalar, `1e+05` included; nil for anything else.
  fileprivate var integer: Int? {
    guard case .number(let number)? = scalar else { return nil }
    return Int(exactly: number)
  }
}
