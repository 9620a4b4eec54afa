import NumberFormatting
package import ScoreCore

/// Writes values as YAML that reads back as the same values.
package enum ConfigurationText {
  /// The shortest decimal that reads back as the same number; whole numbers without a point.
  package static func number(_ value: Double) -> String {
    precondition(value.isFinite, "A configuration holds finite numbers.")
    return NumberText.exact(value)
  }

  package static func list(_ items: [String]) -> String {
    "[" + items.joined(separator: ", ") + "]"
  }

  package static func map(_ entries: [(key: String, value: String)]) -> String {
    "{" + entries.map { "\(text($0.key)): \($0.value)" }.joined(separator: ", ") + "}"
  }

  package static func value(_ value: ParameterValue) -> String {
    switch value {
    case .number(let number): self.number(number)
    case .flag(let flag): flag ? "true" : "false"
    case .text(let text): self.text(text)
    case .list(let items): list(items.map { self.value($0) })
    case .map(let entries):
      map(entries.sorted { $0.key < $1.key }.map { ($0.key, self.value($0.value)) })
    }
  }

  /// Text, in quotes unless it is a plain word or path that YAML cannot take for anything else.
  package static func text(_ text: String) -> String {
    let isPlain =
      text.unicodeScalars.first.map(isLetter) == true
      && text.unicodeScalars.allSatisfy {
        isLetter($0) || ("0"..."9").contains($0) || "_./-".unicodeScalars.contains($0)
      }
    if isPlain, case .text = PlainScalar(text) { return text }
    return quoted(text)
  }

  /// Text in quotes, whatever it is.
  package static func quoted(_ text: String) -> String {
    "\"" + text.unicodeScalars.map(escaped).joined() + "\""
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && scalar.properties.isAlphabetic
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    if scalar == "\"" || scalar == "\\" { return "\\\(scalar)" }
    let isPrintable =
      scalar.isASCII ? (0x20..<0x7F).contains(scalar.value) : scalar.properties.isAlphabetic
    guard !isPrintable else { return String(scalar) }
    let digits = String(scalar.value, radix: 16)
    return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
