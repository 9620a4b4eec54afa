import Glibc

/// Numbers in notes.
enum MetricNote {
  /// Three significant digits, the same under every locale: `0.831`, `12.5`, `-1.42`.
  static func number(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return "\(value)" }
    let exponent = Int(log10(abs(value)).rounded(.down)) - 2
    // Dividing by an exact power of ten gives the double nearest to the decimal.
    let rounded =
      exponent < 0
      ? (value * pow(10, Double(-exponent))).rounded() / pow(10, Double(-exponent))
      : (value / pow(10, Double(exponent))).rounded() * pow(10, Double(exponent))
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
  }
}
