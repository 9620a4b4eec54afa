/// What a YAML scalar without quotes stands for, by the rules of YAML 1.2's core schema.
///
/// Only decimal numbers count as numbers: `.inf`, `.nan`, `0x10` and `1_000` are text, and so are
/// `yes` and `y`.
///
/// Source: YAML 1.2.2, section 10.3.2, without octal, hexadecimal and non-finite numbers.
enum PlainScalar: Equatable {
  case null
  case flag(Bool)
  /// A number; infinite when it is too large for float64.
  case number(Double)
  case text(String)

  init(_ text: String) {
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true", "True", "TRUE": self = .flag(true)
    case "false", "False", "FALSE": self = .flag(false)
    default: self = DecimalNumber.parse(text).map { .number($0) } ?? .text(text)
    }
  }
}
