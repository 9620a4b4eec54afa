import ScoreLab

/// One row of the Setup form.
struct FormField: Sendable, Equatable {
  /// The configuration key, such as `optimizer.learning_rate`.
  var path: String
  var label: String
  var kind: Kind
  /// Whether a change acts on the running session; otherwise it restarts with the same seed.
  var isLive: Bool
  /// One line on each choice that has one.
  var choiceSummaries: [String: String] = [:]
  /// One line on what it is.
  var summary = ""

  /// How the arrow keys change a value.
  enum Kind: Sendable, Equatable {
    case number(ClosedRange<Double>)
    case integer(ClosedRange<Int>, steps: IntegerSteps)
    case choice([String])
    /// A list of layer widths.
    case widths
    /// A number of points, or `unlimited` beyond the top.
    case trainingSize
    /// A decay just below 1.
    case decay(ClosedRange<Double>)
    case seed
    case text
    /// A list or map, typed as YAML.
    case structured
  }

  enum IntegerSteps: Sendable, Equatable { case one, powersOfTwo, oneTwoFive }
}

extension FormField {
  /// The row of a key; nil for the distribution as a whole.
  init?(_ description: FieldDescription, label: String) {
    guard let kind = Kind(description) else { return nil }
    self.init(
      path: description.path, label: label, kind: kind, isLive: description.isLive,
      choiceSummaries: description.choiceSummaries, summary: description.summary)
  }
}

extension FormField.Kind {
  fileprivate init?(_ description: FieldDescription) {
    switch description.kind {
    // Decays that may come close to 1 but not reach it.
    case .number(_, let range) where range.lowerBound == 0 && (0.99..<1).contains(range.upperBound):
      self = .decay(range)
    case .number(_, let range): self = .number(range)
    case .integer(_, let range, let divisor):
      self = .integer(range, steps: .init(path: description.path, range: range, divisor: divisor))
    case .choice(_, let choices): self = .choice(choices)
    case .flag: self = .choice(["true", "false"])
    case .text: self = .text
    case .integers: self = .widths
    case .size: self = .trainingSize
    case .seed: self = .seed
    case .structured: self = .structured
    case .distribution: return nil
    }
  }
}

extension FormField.IntegerSteps {
  fileprivate init(path: String, range: ClosedRange<Int>, divisor: Int) {
    if divisor > 1 || ["optimizer.batch", "probe.points"].contains(path) {
      self = .powersOfTwo
    } else {
      self = range.upperBound - range.lowerBound <= 256 ? .one : .oneTwoFive
    }
  }
}
