import Glibc

/// Numbers within the sentences of a report, where tables have them exactly.
enum ReportText {
  /// Three significant digits, `open` for what is not measured yet.
  static func short(_ value: Double?) -> String {
    guard let value else { return "open" }
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
    let exponent = 2 - Int(log10(abs(value)).rounded(.down))
    // Dividing by a power of ten that is exact gives the double nearest to the decimal.
    let scale = pow(10, Double(abs(exponent)))
    let rounded =
      exponent >= 0 ? (value * scale).rounded() / scale : (value / scale).rounded() * scale
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
  }
}
