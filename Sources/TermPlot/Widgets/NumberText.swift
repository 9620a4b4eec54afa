import Glibc

/// Short, unambiguous text for numbers, the same under every locale.
public enum NumberText {
  /// How a decimal number is written out.
  enum Form {
    /// `0.02`, `1500`
    case plain
    /// `12k`, `1.5M`
    case suffixed
    /// `1e-4`, `2.5e10`
    case scientific
  }

  /// The form that keeps numbers of a magnitude short.
  static func form(forMagnitude magnitude: Double) -> Form {
    if magnitude == 0 { return .plain }
    if magnitude < 0.999e-3 || magnitude >= 0.999e10 { return .scientific }
    return magnitude >= 0.999e4 ? .suffixed : .plain
  }

  /// A value with a few significant digits and no trailing zeros: `0.031`, `1.2e-5`, `12.5k`.
  ///
  /// - Parameters:
  ///   - value: Any number; a non-finite one is written `nan`, `inf` or `-inf`.
  ///   - digits: The significant digits, 1 to 12.
  /// - Returns: The text, ASCII only.
  public static func short(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    guard value.magnitude >= .leastNormalMagnitude else { return "0" }
    let digits = min(max(1, digits), 12)
    var exponent = Int(log10(value.magnitude).rounded(.down))
    var mantissa = (value.magnitude / powerOfTen(exponent) * powerOfTen(digits - 1)).rounded()
    if mantissa >= powerOfTen(digits) {
      exponent += 1
      mantissa = powerOfTen(digits - 1)
    }
    var number = Decimal(
      digits: value < 0 ? -Int(mantissa) : Int(mantissa), exponent: exponent - digits + 1)
    number.trim()
    return number.text(form(forMagnitude: number.value.magnitude))
  }

  static func powerOfTen(_ exponent: Int) -> Double { pow(10, Double(exponent)) }

  /// The number `digits * 10^exponent`, exact where a `Double` would not be.
  struct Decimal: Equatable {
    var digits: Int
    var exponent: Int

    var value: Double {
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

    func text(_ form: Form) -> String {
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
