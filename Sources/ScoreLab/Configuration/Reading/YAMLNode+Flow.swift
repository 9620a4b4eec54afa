package import OutsideText

extension YAMLNode {
  /// The value in YAML on one line, which reads back as an equal value.
  package var flowText: String {
    switch content {
    case .scalar(let text, let isPlain):
      guard isPlain else { return ConfigurationText.quoted(text) }
      switch PlainScalar(text) {
      case .null: return "null"
      case .flag, .number: return text
      case .text: return ConfigurationText.text(text)
      }
    case .list(let items): return ConfigurationText.list(items.map(\.flowText))
    case .map(let entries):
      return ConfigurationText.map(entries.map { ($0.key, $0.value.flowText) })
    }
  }

  /// The finite number of a scalar without quotes; nil for anything else.
  package var finiteNumber: Double? {
    guard case .number(let number)? = scalar, number.isFinite else { return nil }
    return number
  }
}
