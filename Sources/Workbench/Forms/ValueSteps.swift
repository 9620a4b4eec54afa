import Glibc

/// What the arrow keys make of a value: steps a person would choose.
enum ValueSteps {
  /// The neighbour of a value as text, or nil when it is at its end.
  static func neighbour(of text: String, kind: FormField.Kind, upwards: Bool) -> String? {
    switch kind {
    case .number(let range):
      guard let value = Double(text) else { return nil }
      let next = number(value, in: range, upwards: upwards)
      return next == value ? nil : shortest(next)
    case .integer(let range, let steps):
      guard let value = Int(text) else { return nil }
      let next = min(
        max(integer(value, steps: steps, upwards: upwards), range.lowerBound), range.upperBound)
      return next == value ? nil : "\(next)"
    case .choice(let choices):
      guard let index = choices.firstIndex(of: text) else { return choices.first }
      return choices[(index + (upwards ? 1 : choices.count - 1)) % choices.count]
    case .widths: return widths(text, upwards: upwards)
    case .trainingSize: return trainingSize(text, upwards: upwards)
    case .decay(let range): return decay(text, in: range, upwards: upwards)
    case .seed:
      guard let seed = UInt64(text) else { return nil }
      return upwards ? "\(seed &+ 1)" : (seed == 0 ? nil : "\(seed - 1)")
    case .text, .structured: return nil
    }
  }

  /// The smallest step from zero, where a range has it.
  private static let aboveZero = 0.01

  private static func number(
    _ value: Double, in range: ClosedRange<Double>, upwards: Bool
  ) -> Double {
    // Below zero the ladder is that above, mirrored.
    var next =
      value < 0
      ? -oneTwoFive(-value, upwards: !upwards) : oneTwoFive(value, upwards: upwards)
    // Dividing never reaches zero, and multiplying never leaves it.
    if range.contains(0) {
      if value == 0 {
        next = upwards ? aboveZero : -aboveZero
      } else if abs(value) <= aboveZero && (value < 0) == upwards {
        next = 0
      }
    }
    return min(max(next, range.lowerBound), range.upperBound)
  }

  /// The next of 1, 2, 5 times a power of ten; zero and less stay.
  static func oneTwoFive(_ value: Double, upwards: Bool) -> Double {
    guard value > 0 else { return value }
    let exponent = Int(log10(value).rounded(.down))
    // Read from decimal text, the candidates carry no dust of decimal arithmetic.
    let candidates = [("5", -1), ("1", 0), ("2", 0), ("5", 0), ("1", 1), ("2", 1)].compactMap {
      Double("\($0.0)e\(exponent + $0.1)")
    }
    return upwards
      ? candidates.first { $0 > value * (1 + 1e-9) } ?? value
      : candidates.last { $0 < value * (1 - 1e-9) } ?? value
  }

  static func shortest(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  private static func integer(
    _ value: Int, steps: FormField.IntegerSteps, upwards: Bool
  ) -> Int {
    switch steps {
    case .one: return upwards ? value + 1 : value - 1
    case .powersOfTwo:
      var power = 1
      while upwards ? power <= value : power * 2 < value { power *= 2 }
      return power
    case .oneTwoFive:
      // Zero is a rung too, where the range has it.
      if value <= (upwards ? 0 : 1) { return upwards ? 1 : 0 }
      return Int(oneTwoFive(Double(value), upwards: upwards).rounded())
    }
  }

  private static func trainingSize(_ text: String, upwards: Bool) -> String? {
    let top = 1_000_000
    guard let value = Int(text) else { return upwards ? nil : "\(top)" }
    if upwards && value >= top { return "unlimited" }
    let next = max(2, Int(oneTwoFive(Double(value), upwards: upwards).rounded()))
    return next == value ? nil : "\(next)"
  }

  /// 0, 0.9, 0.99, 0.999, 0.9999, 0.99999, as far as the range goes.
  private static func decay(
    _ text: String, in range: ClosedRange<Double>, upwards: Bool
  ) -> String? {
    guard let value = Double(text) else { return nil }
    let ladder = [0, 0.9, 0.99, 0.999, 0.9999, 0.99999].filter { range.contains($0) }
    let next =
      upwards ? ladder.first { $0 > value + 1e-9 } : ladder.last { $0 < value - 1e-9 }
    return next.map { shortest($0) }
  }

  /// All layers as wide as the next power of two, 16 to 1024.
  private static func widths(_ text: String, upwards: Bool) -> String? {
    let layers = text.split { !$0.isNumber }.compactMap { Int($0) }
    guard let widest = layers.max() else { return nil }
    let next = min(
      max(integer(widest, steps: .powersOfTwo, upwards: upwards), 16), 1024)
    // A typed width beyond the ladder must not move the wrong way.
    guard upwards ? next > widest : next < widest else { return nil }
    return "[" + layers.map { _ in "\(next)" }.joined(separator: ", ") + "]"
  }
}
