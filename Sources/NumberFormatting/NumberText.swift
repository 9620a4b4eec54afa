import Glibc

/// Numbers as text, the same under every locale; every number that people read is written here.
package enum NumberText {
  /// How a decimal number is written out.
  package enum Form {
    /// `0.02`, `1500`
    case plain
    /// `12k`, `1.5M`
    case suffixed
    /// `1e-4`, `2.5e10`
    case scientific
  }

  /// The form that keeps numbers of a magnitude short.
  package static func form(forMagnitude magnitude: Double) -> Form {
    if magnitude == 0 { return .plain }
    if magnitude < 0.999e-3 || magnitude >= 0.999e10 { return .scientific }
    return magnitude >= 0.999e4 ? .suffixed : .plain
  }

  /// The shortest decimal that reads back as the same number; whole numbers without a point.
  ///
  /// - Parameter value: Any number.
  /// - Returns: The text, such as `0.1`, `250`, `1e-05` or `nan`.
  package static func exact(_ value: Double) -> String {
    // Minus zero would lose its sign as an integer.
    let isWhole = value == value.rounded() && abs(value) < 1e15
    return isWhole && !(value == 0 && value.sign == .minus) ? "\(Int(value))" : "\(value)"
  }

  /// A value to a few significant digits, for sentences: `0.831`, `12.5`, `123000`, `2.6e-59`.
  ///
  /// - Parameters:
  ///   - value: Any number.
  ///   - digits: The significant digits, 1 to 12.
  /// - Returns: The text, without suffixes and trailing zeros.
  package static func plain(_ value: Double, digits: Int = 3) -> String {
    guard value != 0 else { return "0" }
    guard value.isFinite else { return "\(value)" }
    let number = Decimal(rounding: value, digits: digits)
    // Reading gives the double nearest to the decimal, which is written with no more digits.
    guard let rounded = Double("\(number.digits)e\(number.exponent)"), rounded.isFinite else {
      return "\(value)"
    }
    return exact(rounded)
  }

  /// A value in few characters, for screens: `0.031`, `1.2e-5`, `12.5k`.
  ///
  /// - Parameters:
  ///   - value: Any number; a non-finite one is written `nan`, `inf` or `-inf`.
  ///   - digits: The significant digits, 1 to 12.
  /// - Returns: The text, ASCII only.
  package static func short(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    guard value.magnitude >= .leastNormalMagnitude else { return "0" }
    var number = Decimal(rounding: value, digits: digits)
    number.trim()
    return number.text(form(forMagnitude: number.value.magnitude))
  }

  /// So many things, such as `1 stroke` or `2 strokes`.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - thing: One of them, whose plural ends in s.
  /// - Returns: The number and the noun.
  package static func counted(_ count: Int, _ thing: String) -> String {
    "\(count) \(thing)\(count == 1 ? "" : "s")"
  }

  private static func powerOfTen(_ exponent: Int) -> Double { pow(10, Double(exponent)) }

  /// The number `digits * 10^exponent`, exact where a `Double` would not be.
  package struct Decimal: Equatable {
    package var digits: Int
    package var exponent: Int

    package init(digits: Int, exponent: Int) {
      self.digits = digits
      self.exponent = exponent
    }

    /// The nearest number of a few digits, 1 to 12, to a finite one that is not zero.
    init(rounding value: Double, digits: Int) {
      let digits = min(max(1, digits), 12)
      exponent = Int(log10(value.magnitude).rounded(.down)) - (digits - 1)
      // Two divisions, because the power itself may be beyond the range.
      let half = exponent / 2
      let mantissa = value / powerOfTen(half) / powerOfTen(exponent - half)
      self.digits = Int(mantissa.rounded())
    }

    package var value: Double {
      // Dividing by an exact power rounds once; multiplying by 0.1^n would round twice.
      exponent < 0
        ? Double(digits) / powerOfTen(-exponent) : Double(digits) * powerOfTen(exponent)
    }

    /// Moves trailing zeros of the digits into the exponent.
    mutating func trim() {
      guard digits != 0 else { return }
      while digits % 10 == 0 {
        digits /= 10
        exponent += 1
      }
    }

    package func text(_ form: Form) -> String {
      guard digits != 0 else { return "0" }
      switch form {
      case .plain: return plain
      case .suffixed: return suffixed
      case .scientific: return scientific
      }
    }

    private var sign: String { digits < 0 ? "-" : "" }

    private var plain: String {
      let text = String(digits.magnitude)
      if exponent >= 0 { return sign + text + String(repeating: "0", count: exponent) }
      let padding = String(repeating: "0", count: max(0, 1 - exponent - text.count))
      let padded = padding + text
      return sign + padded.dropLast(-exponent) + "." + padded.suffix(-exponent)
    }

    private var suffixed: String {
      var short = self
      short.trim()
      let magnitude = value.magnitude
      guard magnitude >= 0.9999e3 else { return plain }
      let (shift, suffix) = magnitude >= 0.9999e6 ? (6, "M") : (3, "k")
      short.exponent -= shift
      // A suffix that does not shorten only makes the reader calculate.
      if short.exponent < 0, short.plain.count + 1 > plain.count { return plain }
      return short.plain + suffix
    }

    private var scientific: String {
      var short = self
      short.trim()
      let text = String(short.digits.magnitude)
      let fraction = text.dropFirst()
      return sign + text.prefix(1) + (fraction.isEmpty ? "" : "." + fraction)
        + "e\(short.exponent + text.count - 1)"
    }
  }
}
