/// What values a parameter or a key of the configuration takes, and the one it has by itself.
///
/// The one description behind the checks of values, the configuration reader, lists and forms.
public enum ValueKind: Sendable, Equatable {
  /// A number within a closed range.
  case number(default: Double, range: ClosedRange<Double>)
  case integer(default: Int, range: ClosedRange<Int>, multipleOf: Int = 1)
  /// A whole number of 64 bits.
  case seed(default: UInt64)
  case flag(default: Bool)
  /// Text such as a file name; nil means it must be given.
  case text(default: String?)
  /// One of several names.
  case choice(default: String, of: [String])
  /// A list of whole numbers.
  case integers(default: [Int], lengths: ClosedRange<Int>, range: ClosedRange<Int>)
  /// A number of points, or the word `unlimited`; nil stands for that.
  case size(default: Int?, range: ClosedRange<Int>)
  /// A list or map that the member reads itself.
  case structured
  /// A map with a kind and its parameters; the default as it is written.
  case map(default: String)

  /// The word for a size without a limit.
  public static let unlimited = "unlimited"

  /// The names to choose from; nil where there is no closed set of them.
  public var choices: [String]? {
    switch self {
    case .choice(_, let names): names
    case .flag: ["true", "false"]
    case .number, .integer, .seed, .text, .integers, .size, .structured, .map: nil
    }
  }

  /// The steps that arrow keys take if a description names no others; nil for what has no steps.
  public var usualSteps: StepLadder? {
    switch self {
    case .integer(_, _, let divisor) where divisor > 1: .powersOfTwo
    case .integer(_, let range, _) where range.upperBound - range.lowerBound <= 256: .one
    case .integers: .powersOfTwo
    case .seed: .one
    case .number, .integer, .size: .oneTwoFive
    case .flag, .text, .choice, .structured, .map: nil
    }
  }
}

/// The values that arrow keys step through.
public enum StepLadder: Sendable, Equatable {
  /// 1, 2 and 5 times powers of ten, and zero where the range has it.
  case oneTwoFive
  /// Every whole number.
  case one
  case powersOfTwo
  /// 0, 0.9, 0.99 and so on: decays that come close to 1.
  case decays
}
