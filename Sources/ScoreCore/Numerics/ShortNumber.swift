import Glibc

/// Numbers in messages, notes and captions.
public enum ShortNumber {
  /// A few significant digits, the same under every locale: `0.831`, `12.5`, `-1.42`.
  public static func text(_ value: Double, digits: Int = 3) -> String {
    guard value != 0 else { return "0" }
    guard value.isFinite else { return "\(value)" }
    let exponent = Int(log10(abs(value)).rounded(.down)) - (digits - 1)
    // Two divisions, because the power itself may be beyond the range.
    let half = exponent / 2
    let mantissa = (value / pow(10, Double(half)) / pow(10, Double(exponent - half))).rounded()
    // Reading gives the double nearest to the decimal, which is written with no more digits.
    guard let rounded = Double("\(Int(mantissa))e\(exponent)"), rounded.isFinite else {
      return "\(value)"
    }
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
  }
}
