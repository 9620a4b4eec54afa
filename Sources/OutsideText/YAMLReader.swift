import Yams

/// Reads YAML from outside in time and memory that are in proportion to the text.
///
/// A text may be up to a limit long, nest 24 levels deep and hold 200,000 values, aliases written
/// out. Of what the YAML library could take exponential time for, a text may hold three.
public enum YAMLReader {
  /// The most values in one text, and how deep they may stand in one another.
  private static let mostValues = 200_000
  private static let mostLevels = 24
  /// The most aliases and structured keys that the YAML library gets to see.
  private static let mostRiskyMarks = 3

  /// Reads the one document of a text.
  ///
  /// - Parameters:
  ///   - text: YAML.
  ///   - limit: The most bytes.
  /// - Returns: The document, or nil if there is nothing but comments.
  /// - Throws: ``YAMLFault`` when the text is not YAML, or uses more of YAML than it may.
  public static func compose(_ text: String, limit: Int) throws(YAMLFault) -> YAMLNode? {
    var text = text
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    guard text.utf8.count <= limit else {
      let size = limit < 1 << 20 ? "\(limit >> 10) KiB" : "\(limit >> 20) MiB"
      throw YAMLFault(message: "longer than \(size)")
    }
    try refuseRiskyMarks(text)
    let root: Node?
    do {
      // Readers tell scalars apart themselves; the basic resolver spares the regular expressions.
      root = try Yams.compose(yaml: text, .basic, .default, .utf8)
    } catch {
      throw YAMLFault(error, text: text)
    }
    guard let root else { return nil }
    var budget = mostValues
    return try convert(root, level: 0, budget: &budget)
  }

  /// Refuses texts with which the YAML library could take exponential time.
  ///
  /// It hashes and compares whole keys to find duplicates, and follows aliases in doing so. With
  /// three aliases or structured keys at most, that stays proportional to the text.
  private static func refuseRiskyMarks(_ text: String) throws(YAMLFault) {
    var line = 1
    var count = 0
    // The last byte that is not blank, and the byte before this one.
    var significant: UInt8 = 0
    var previous: UInt8 = 0x0A
    var utf8 = text.utf8.makeIterator()
    var current = utf8.next()
    while let byte = current {
      let next = utf8.next()
      let isAfterBlank = mayEndToken(previous)
      let isAlias = byte == UInt8(ascii: "*") && isAfterBlank && next.map(mayBeInName) == true
      // In braces and brackets a key mark needs no blank behind it.
      let isKeyMark = byte == UInt8(ascii: "?") && isAfterBlank
      let isCollectionKey =
        byte == UInt8(ascii: ":")
        && (significant == UInt8(ascii: "]") || significant == UInt8(ascii: "}"))
      if isAlias || isKeyMark || isCollectionKey { count += 1 }
      guard count <= mostRiskyMarks else {
        throw YAMLFault(
          line: line,
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

  /// Whether a token may begin behind a byte.
  ///
  /// Bytes beyond ASCII count, because YAML 1.1 has line ends there (U+0085, U+2028, U+2029).
  private static func mayEndToken(_ byte: UInt8) -> Bool {
    isBlank(byte) || byte >= 0x80 || "[{,:-?".utf8.contains(byte)
  }

  private static func mayBeInName(_ byte: UInt8) -> Bool {
    // Bytes that cannot be in a name are counted at no cost.
    !isBlank(byte) && byte != UInt8(ascii: "*")
  }

  private static func convert(
    _ node: Node, level: Int, budget: inout Int
  ) throws(YAMLFault) -> YAMLNode {
    let (line, column) = (node.mark?.line, node.mark?.column)
    budget -= 1
    guard budget >= 0, level <= mostLevels else {
      let limit = budget < 0 ? "more than \(mostValues) values" : "nested too deep"
      throw YAMLFault(line: line, message: limit)
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain && scalar.tag.rawValue.isEmpty
      return YAMLNode(content: .scalar(scalar.string, isPlain: isPlain), line: line, column: column)
    case .sequence(let sequence):
      var items: [YAMLNode] = []
      for item in sequence {
        items.append(try convert(item, level: level + 1, budget: &budget))
      }
      return YAMLNode(content: .list(items), line: line, column: column)
    case .mapping(let mapping):
      var entries: [YAMLNode.Entry] = []
      for (key, value) in mapping {
        guard case .scalar(let name) = key else {
          throw YAMLFault(line: key.mark?.line ?? line, message: "a key must be a plain word")
        }
        let value = try convert(value, level: level + 1, budget: &budget)
        entries.append(
          YAMLNode.Entry(
            key: name.string, line: key.mark?.line, column: key.mark?.column, value: value))
      }
      return YAMLNode(content: .map(entries), line: line, column: column)
    case .alias:
      throw YAMLFault(line: line, message: "an alias that leads nowhere")
    }
  }
}

extension YAMLFault {
  /// The error of the YAML library in one line.
  fileprivate init(_ error: any Error, text: String) {
    func notYAML(_ problem: String, line: Int?) -> YAMLFault {
      YAMLFault(line: line, message: "not YAML: \(problem)")
    }
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let isTab = text.split(separator: "\n", omittingEmptySubsequences: false)
        .dropFirst(mark.line - 1).first?.prefix { $0.isWhitespace }.contains("\t")
      let advice = isTab == true ? "; tabs cannot indent YAML, use spaces" : ""
      self = notYAML(Self.plainWords(problem) + advice, line: mark.line)
    case .reader(let problem, let offset, _, _):
      let line = offset.map { text.prefix($0).count { $0.isNewline } + 1 }
      self = notYAML(SafeText.sanitized(problem, limit: 120), line: line)
    case .duplicatedKeysInMapping(let keys, let context):
      let key = SafeText.sanitized(keys.first ?? "")
      self.init(line: context.mark.line, message: "the key \"\(key)\" is given twice")
    default:
      self = notYAML(SafeText.sanitized("\(error)", limit: 120), line: nil)
    }
  }

  /// The library's words for a problem, where they would puzzle the reader of a message.
  private static func plainWords(_ problem: String) -> String {
    if problem.hasPrefix("Maximum nesting level") { return "nested too deep" }
    if problem == "but found another document" { return "more than one document" }
    return SafeText.sanitized(problem, limit: 120)
  }
}
