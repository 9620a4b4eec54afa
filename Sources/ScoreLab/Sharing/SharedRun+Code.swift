import OutsideText

/// A run as one line that a person can read, send and change:
///
///     sf:3fa9/network.hidden=64,64/optimizer.learning_rate=0.01/@500/optimizer.learning_rate=0.001
///
/// Parts stand between slashes. The first is a check of all that follows, which may be left out; then
/// come the keys that differ from ``RunConfiguration/start``, and behind `@` and a number of executed
/// steps what was changed there, or `resume` after a divergence. In values, what is no letter, digit or
/// one of `. _ - + :` is written as `%` and two hexadecimal digits; commas part the items of a list, and stand behind
/// a single one.
extension SharedRun {
  /// What every code begins with.
  public static let codePrefix = "sf:"
  /// The most bytes of a code.
  public static let codeLimit = 2048
  private static let origin = "sf"
  private static let resume = "resume"

  /// Why a run has no code.
  public struct CodeTooLong: Error, Equatable, CustomStringConvertible {
    /// The bytes that the code would have.
    public var size: Int

    public var description: String {
      "the code would have \(size) bytes; at most \(SharedRun.codeLimit): share the YAML file instead"
    }
  }

  /// Whether a word is meant to be a code.
  public static func isCode(_ word: String) -> Bool { word.utf8.starts(with: codePrefix.utf8) }

  /// The run in one line.
  ///
  /// - Returns: A code of at most ``codeLimit`` bytes that reads back as an equal run.
  /// - Throws: ``CodeTooLong`` with the size.
  public func code() throws(CodeTooLong) -> String {
    let parts =
      start.assignments(from: .start).map(Self.encoded)
      + edits.flatMap { edit in
        switch edit.change {
        case .resume: ["@\(edit.executedSteps)", Self.resume]
        case .set(let assignments):
          ["@\(edit.executedSteps)"] + assignments.map(Self.encoded)
        }
      }
    let code = Self.codePrefix + ([check] + parts).joined(separator: "/")
    guard code.utf8.count <= Self.codeLimit else { throw CodeTooLong(size: code.utf8.count) }
    return code
  }

  /// Reads a code.
  ///
  /// - Parameter code: A line that begins with `sf:`.
  /// - Throws: ``ConfigurationError`` naming the part and what is allowed.
  public init(code: String) throws(ConfigurationError) {
    func failure(_ message: String) -> ConfigurationError {
      ConfigurationError(file: Self.origin, message: message)
    }
    guard Self.isCode(code) else { throw failure("a code begins with \(Self.codePrefix)") }
    guard code.utf8.count <= Self.codeLimit else {
      throw failure("\(code.utf8.count) bytes; a code has at most \(Self.codeLimit)")
    }
    var parts = code.dropFirst(Self.codePrefix.count).split(separator: "/")
    var check: Substring?
    if let first = parts.first, !first.contains("="), !first.hasPrefix("@") {
      check = parts.removeFirst()
    }
    var keys: [String] = []
    var edits: [Edit] = []
    for part in parts {
      if part.hasPrefix("@") {
        guard let steps = Int(part.dropFirst()), steps >= 0 else {
          throw failure(
            "expected @ and a number of steps, found \"\(SafeText.sanitized(String(part)))\"")
        }
        edits.append(Edit(executedSteps: steps, change: .set([])))
      } else if part == Self.resume, edits.last?.change == .set([]) {
        edits[edits.count - 1].change = .resume
      } else if case .set(let assignments)? = edits.last?.change {
        edits[edits.count - 1].change = .set(assignments + [try Self.decoded(part)])
      } else if edits.isEmpty {
        keys.append(try Self.decoded(part))
      } else {
        throw failure("nothing goes with \(Self.resume)")
      }
    }
    self.init(try RunConfiguration.start.setting(keys, origin: Self.origin), edits: edits)
    _ = try log(origin: Self.origin)
    if let check, check != self.check {
      throw failure(
        "the check \(SafeText.sanitized(String(check))) does not fit: the code was cut or changed, or is "
          + "of a version with another start configuration; without the check it is read as it is")
    }
  }

  /// Four hexadecimal digits of everything that the run is, defaults included.
  private var check: String { String(CheckedText.checksum(Array(yaml.utf8)).suffix(4)) }
}

/// Assignments in a code.
extension SharedRun {
  /// Whether a byte stands for itself in a value.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "._-+:".utf8.contains(byte)
    }
  }

  private static func encoded(_ assignment: String) -> String {
    let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let value = parts.count == 2 ? String(parts[1]) : ""
    return "\(parts[0])=\(plainList(value) ?? escaped(value))"
  }

  /// A list of plain items without its brackets and blanks, a single one with a comma behind it; nil for
  /// any other value.
  private static func plainList(_ value: String) -> String? {
    guard value.hasPrefix("["), value.hasSuffix("]") else { return nil }
    let items = value.dropFirst().dropLast().split(
      separator: ", ", omittingEmptySubsequences: false)
    guard items.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isPlain) }) else { return nil }
    return items.joined(separator: ",") + (items.count == 1 ? "," : "")
  }

  private static func escaped(_ value: String) -> String {
    value.utf8.map { byte in
      if isPlain(byte) { return String(Unicode.Scalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }

  private static func decoded(_ part: Substring) throws(ConfigurationError) -> String {
    let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2 else {
      throw ConfigurationError(
        file: origin, message: "expected key=value, found \"\(SafeText.sanitized(String(part)))\"")
    }
    guard halves[1].contains(",") else { return "\(halves[0])=\(try unescaped(halves[1]))" }
    var items: [String] = []
    for item in halves[1].split(separator: ",") { items.append(try unescaped(item)) }
    return "\(halves[0])=[\(items.joined(separator: ", "))]"
  }

  private static func unescaped(_ value: Substring) throws(ConfigurationError) -> String {
    func failure(_ message: String) -> ConfigurationError {
      ConfigurationError(
        file: origin, message: "\"\(SafeText.sanitized(String(value)))\" \(message)")
    }
    var (bytes, rest): ([UInt8], Substring.UTF8View) = ([], value.utf8)
    while let byte = rest.popFirst() {
      if isPlain(byte) {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard byte == UInt8(ascii: "%"), digits.count == 2, digits.allSatisfy(isHexadecimal),
        let code = UInt8(String(Substring(digits)), radix: 16)
      else { throw failure("has a character that is written as % and two digits") }
      bytes.append(code)
      rest = rest.dropFirst(2)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw failure("is not text in UTF-8")
    }
    return text
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    Character(Unicode.Scalar(byte)).isHexDigit
  }
}
