import Yams

extension ConfigurationNode {
  /// The longest configuration text, in bytes.
  static let longestText = 1 << 20
  /// The most values in one configuration, and how deep they may stand in one another.
  private static let mostValues = 200_000
  private static let mostLevels = 24
  /// The most aliases and structured keys that the YAML library gets to see.
  private static let mostRiskyMarks = 3

  /// Reads YAML text.
  ///
  /// - Returns: The one document, or nil if there is nothing but comments.
  /// - Throws: ``ConfigurationError`` when the text is not YAML, or uses more of YAML than a
  ///   configuration may.
  static func compose(
    _ text: String, file: String
  ) throws(ConfigurationError) -> ConfigurationNode? {
    var text = text
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    guard text.utf8.count <= longestText else {
      throw ConfigurationError(file: file, message: "longer than 1 MiB")
    }
    try refuseRiskyMarks(text, file: file)
    let root: Node?
    do {
      // Scalars are told apart by PlainScalar; the basic resolver spares the regular expressions.
      root = try Yams.compose(yaml: text, .basic, .default, .utf8)
    } catch {
      throw configurationError(error, text: text, file: file)
    }
    guard let root else { return nil }
    var budget = mostValues
    return try convert(root, level: 0, budget: &budget, file: file)
  }

  /// Refuses texts with which the YAML library could take exponential time.
  ///
  /// It hashes and compares whole keys to find duplicates, and follows aliases in doing so. With
  /// three aliases or structured keys at most, that stays proportional to the text.
  private static func refuseRiskyMarks(
    _ text: String, file: String
  ) throws(ConfigurationError) {
    var line = 1
    var count = 0
    // The last byte that is not blank, and the byte before this one.
    var significant: UInt8 = 0
    var previous: UInt8 = 0x0A
    var utf8 = text.utf8.makeIterator()
    var current = utf8.next()
    while let byte = current {
      let next = utf8.next()
      let isAfterBlank = isBlank(previous) || "[{,:-?".utf8.contains(previous)
      let isAlias = byte == UInt8(ascii: "*") && isAfterBlank && next.map(isAnchorByte) == true
      let isKeyMark = byte == UInt8(ascii: "?") && isAfterBlank && next.map(isBlank) != false
      let isCollectionKey =
        byte == UInt8(ascii: ":")
        && (significant == UInt8(ascii: "]") || significant == UInt8(ascii: "}"))
      if isAlias || isKeyMark || isCollectionKey { count += 1 }
      guard count <= mostRiskyMarks else {
        throw ConfigurationError(
          file: file, line: line,
          message: "too many aliases (*name) or structured keys; write the values out")
      }
      if byte == 0x0A { line += 1 }
      if !isBlank(byte) { significant = byte }
      previous = byte
      current = next
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private static func isAnchorByte(_ byte: UInt8) -> Bool {
    // Bytes beyond ASCII cannot be in a name, but counting them costs nothing.
    !isBlank(byte) && byte != UInt8(ascii: "*")
  }

  private static func convert(
    _ node: Node, level: Int, budget: inout Int, file: String
  ) throws(ConfigurationError) -> ConfigurationNode {
    let line = node.mark?.line
    budget -= 1
    guard budget >= 0, level <= mostLevels else {
      let limit = budget < 0 ? "more than \(mostValues) values" : "nested too deep"
      throw ConfigurationError(file: file, line: line, message: limit)
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain && scalar.tag.rawValue.isEmpty
      return ConfigurationNode(content: .scalar(scalar.string, isPlain: isPlain), line: line)
    case .sequence(let sequence):
      var items: [ConfigurationNode] = []
      for item in sequence {
        items.append(try convert(item, level: level + 1, budget: &budget, file: file))
      }
      return ConfigurationNode(content: .list(items), line: line)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        guard case .scalar(let name) = key else {
          throw ConfigurationError(
            file: file, line: key.mark?.line ?? line, message: "a key must be a plain word")
        }
        let value = try convert(value, level: level + 1, budget: &budget, file: file)
        entries.append(Entry(key: name.string, line: key.mark?.line, value: value))
      }
      return ConfigurationNode(content: .map(entries), line: line)
    case .alias:
      throw ConfigurationError(file: file, line: line, message: "an alias that leads nowhere")
    }
  }

  private static func configurationError(
    _ error: any Error, text: String, file: String
  ) -> ConfigurationError {
    func notYAML(_ problem: String, line: Int?) -> ConfigurationError {
      ConfigurationError(file: file, line: line, message: "not YAML: \(problem)")
    }
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let isTab = text.split(separator: "\n", omittingEmptySubsequences: false)
        .dropFirst(mark.line - 1).first?.prefix { $0.isWhitespace }.contains("\t")
      let advice = isTab == true ? "; tabs cannot indent YAML, use spaces" : ""
      return notYAML(plainWords(problem) + advice, line: mark.line)
    case .reader(let problem, let offset, _, _):
      let line = offset.map { text.prefix($0).count { $0.isNewline } + 1 }
      return notYAML(SafeText.sanitized(problem, limit: 120), line: line)
    case .duplicatedKeysInMapping(let keys, let context):
      let key = SafeText.sanitized(keys.first ?? "")
      return ConfigurationError(
        file: file, line: context.mark.line, message: "the key \"\(key)\" is given twice")
    default:
      return notYAML(SafeText.sanitized("\(error)", limit: 120), line: nil)
    }
  }

  /// The library's words for a problem, where they would puzzle the reader of a message.
  private static func plainWords(_ problem: String) -> String {
    if problem.hasPrefix("Maximum nesting level") { return "nested too deep" }
    if problem == "but found another document" { return "more than one document" }
    return SafeText.sanitized(problem, limit: 120)
  }
}
