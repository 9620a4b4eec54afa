import Glibc
import ScoreCore
import ScoreLab

/// What the arrow keys make of a value: steps a person would choose.
enum ValueSteps {
  /// The neighbour of a value, or nil when it is at its end; of no value the first choice.
  static func neighbour(
    of value: ConfigurationValue?, in description: FieldDescription, upwards: Bool
  ) -> ConfigurationValue? {
    switch (description.kind, value) {
    case (.number(_, let range), .number(let number)?):
      let next = self.number(number, description.steps, in: range, upwards: upwards)
      return next.flatMap { $0 == number ? nil : .number($0) }
    case (.integer(_, let range, _), .integer(let number)?):
      let next = integer(number, description.steps, upwards: upwards)
      let held = min(max(next, range.lowerBound), range.upperBound)
      return held == number ? nil : .integer(held)
    case (.choice(_, let names), .text(let name)?):
      return choice(after: name, in: names, upwards: upwards).map { .text($0) }
    case (.choice(_, let names), nil): return names.first.map { .text($0) }
    case (.flag, .flag(let flag)?): return .flag(!flag)
    case (.integers, .integers(let widths)?):
      return self.widths(widths, upwards: upwards).map { .integers($0) }
    case (.size, .size(let size)?): return self.size(size, upwards: upwards).map { .size($0) }
    case (.seed, .seed(let seed)?):
      return upwards ? .seed(seed &+ 1) : seed == 0 ? nil : .seed(seed - 1)
    // There is no next file and no next list.
    case (.text, _), (.structured, _), (.map, _): return nil
    case (.number, _), (.integer, _), (.choice, _), (.flag, _), (.integers, _), (.size, _),
      (.seed, _):
      return nil
    }
  }

  private static func choice(
    after name: String, in names: [String], upwards: Bool
  ) -> String? {
    guard let index = names.firstIndex(of: name) else { return names.first }
    return names[(index + (upwards ? 1 : names.count - 1)) % names.count]
  }

  /// The smallest step from zero, where a range has it.
  private static let aboveZero = 0.01

  private static func number(
    _ value: Double, _ steps: StepLadder?, in range: ClosedRange<Double>, upwards: Bool
  ) -> Double? {
    if steps == .decays { return decay(value, in: range, upwards: upwards) }
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

  private static func integer(_ value: Int, _ steps: StepLadder?, upwards: Bool) -> Int {
    switch steps {
    case .powersOfTwo:
      var power = 1
      while upwards ? power <= value : power * 2 < value { power *= 2 }
      return power
    case .oneTwoFive:
      // Zero is a rung too, where the range has it.
      if value <= (upwards ? 0 : 1) { return upwards ? 1 : 0 }
      return Int(oneTwoFive(Double(value), upwards: upwards).rounded())
    case .one, .decays, nil: return upwards ? value + 1 : value - 1
    }
  }

  private static func size(_ size: TrainingSetSize, upwards: Bool) -> TrainingSetSize? {
    let top = 1_000_000
    guard case .fixed(let count) = size else { return upwards ? nil : .fixed(top) }
    if upwards && count >= top { return .unlimited }
    let next = max(2, Int(oneTwoFive(Double(count), upwards: upwards).rounded()))
    return next == count ? nil : .fixed(next)
  }

  /// 0, 0.9, 0.99, 0.999, 0.9999, 0.99999, as far as the range goes.
  private static func decay(
    _ value: Double, in range: ClosedRange<Double>, upwards: Bool
  ) -> Double? {
    let ladder = [0, 0.9, 0.99, 0.999, 0.9999, 0.99999].filter { range.contains($0) }
    return upwards ? ladder.first { $0 > value + 1e-9 } : ladder.last { $0 < value - 1e-9 }
  }

  /// All layers as wide as the next power of two, 16 to 1024.
  private static func widths(_ layers: [Int], upwards: Bool) -> [Int]? {
    guard let widest = layers.max() else { return nil }
    let next = min(max(integer(widest, .powersOfTwo, upwards: upwards), 16), 1024)
    // A typed width beyond the ladder must not move the wrong way.
    guard upwards ? next > widest : next < widest else { return nil }
    return layers.map { _ in next }
  }
}
