public import ScoreCore

/// A single value of a configuration, of the kind that its key has.
public enum ConfigurationValue: Sendable, Equatable {
  case number(Double)
  case integer(Int)
  case seed(UInt64)
  case flag(Bool)
  /// Text, or the name of a choice.
  case text(String)
  case integers([Int])
  case size(TrainingSetSize)
  /// A list or map that a catalog's member reads itself.
  case structured(ParameterValue)

  /// A parameter as the value of its kind.
  init(_ value: ParameterValue, kind: ValueKind?) {
    switch (value, kind) {
    case (.number(let number), .integer?) where Int(exactly: number) != nil:
      self = .integer(Int(number))
    case (.number(let number), _): self = .number(number)
    case (.flag(let flag), _): self = .flag(flag)
    case (.text(let text), _): self = .text(text)
    case (.list, _), (.map, _): self = .structured(value)
    }
  }

  /// The same as a catalog's members take it; nil for what no member takes.
  var parameter: ParameterValue? {
    switch self {
    case .number(let number): .number(number)
    case .integer(let number): .number(Double(number))
    case .flag(let flag): .flag(flag)
    case .text(let text): .text(text)
    case .structured(let value): value
    case .seed, .integers, .size: nil
    }
  }

  /// The value as a form shows it, and as YAML takes it back but for quotes of text.
  public var text: String {
    switch self {
    case .number(let number): ConfigurationText.number(number)
    case .integer(let number): "\(number)"
    case .seed(let seed): "\(seed)"
    case .flag(let flag): "\(flag)"
    case .text(let text): text
    case .integers(let numbers): ConfigurationText.list(numbers.map { "\($0)" })
    case .size(let size): size.text
    case .structured(let value): ConfigurationText.value(value)
    }
  }
}
