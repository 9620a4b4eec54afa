import ScoreCore
import ScoreLab

/// One row of a form: a key, and what the form calls it.
struct FormField: Sendable, Equatable {
  var description: FieldDescription
  var label: String
  /// Whether it says more of the row above it.
  var isIndented: Bool

  /// Describes a row; without a label it is called by the words of its path.
  init(_ description: FieldDescription, label: String? = nil, isIndented: Bool = false) {
    self.description = description
    self.label = label ?? description.path.split(separator: "_").joined(separator: " ")
    self.isIndented = isIndented
  }

  /// The configuration key, such as `optimizer.learning_rate`.
  var path: String { description.path }
  var kind: ValueKind { description.kind }
  /// Whether a change acts on the running session; otherwise it restarts with the same seed.
  var isLive: Bool { description.isLive }

  /// The names to choose from, each with a line if it has one; nil where there is no closed set.
  var choices: [(name: String, summary: String)]? {
    kind.choices?.map { ($0, description.choiceSummaries[$0] ?? "") }
  }

  /// Whether a value can only be typed.
  var isTyped: Bool {
    switch kind {
    case .text, .structured, .map: true
    case .number, .integer, .seed, .flag, .choice, .integers, .size: false
    }
  }

  /// A choice as a value of the key's kind.
  func value(choosing name: String) -> ConfigurationValue {
    if case .flag = kind { return .flag(name == "true") }
    return .text(name)
  }
}

/// One row of a form with its value.
struct FormRow: Sendable {
  var field: FormField
  /// The value; nil where there is none, as before a choice.
  var value: ConfigurationValue?
  /// What stands in the row.
  var text: String
  /// The name of the rows that it stands with; nil for rows that are in no group.
  var group: String?

  init(_ field: FormField, _ value: ConfigurationValue?, instead: String = "(default)") {
    self.field = field
    self.value = value
    text = value?.text ?? instead
  }
}

/// What a value is set to.
enum FormInput: Sendable, Equatable {
  /// Text as it was typed, which is read as a configuration file is.
  case typed(String)
  /// A value of the key's kind, by an arrow or from a list.
  case chosen(ConfigurationValue)

  var text: String {
    switch self {
    case .typed(let text): text
    case .chosen(let value): value.text
    }
  }
}
