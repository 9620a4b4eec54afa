import ScoreCore
import ScoreLab

/// One value of an experiment: how it is described, and where it is kept.
struct ExperimentParameter<Subject: Sendable>: Sendable {
  typealias Property<Value> = any WritableKeyPath<Subject, Value> & Sendable

  let description: ParameterDescription
  let read: @Sendable (inout Subject, CatalogParameters) throws(ParameterError) -> Void
}

extension ExperimentParameter where Subject: ClaimExperiment {
  static func number(
    _ name: String, _ summary: String, _ property: Property<Double>, in range: ClosedRange<Double>
  ) -> Self {
    Self(
      description: ParameterDescription(
        name, summary, .number(default: Subject()[keyPath: property], range: range))
    ) { $0[keyPath: property] = $1.number(name) }
  }

  static func integer(
    _ name: String, _ summary: String, _ property: Property<Int>, in range: ClosedRange<Int>
  ) -> Self {
    Self(
      description: ParameterDescription(
        name, summary, .integer(default: Subject()[keyPath: property], range: range))
    ) { $0[keyPath: property] = $1.integer(name) }
  }

  /// Text such as a file name; empty for none.
  static func text(_ name: String, _ summary: String, _ property: Property<String>) -> Self {
    Self(
      description: ParameterDescription(
        name, summary, .text(default: Subject()[keyPath: property]))
    ) { $0[keyPath: property] = $1.text(name) }
  }

  /// One of a closed set.
  static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ summary: String, _ property: Property<Choice>
  ) -> Self {
    Self(
      description: ParameterDescription(
        name, summary,
        .choice(
          default: Subject()[keyPath: property].rawValue, of: Choice.allCases.map(\.rawValue)))
    ) { subject, values in
      guard let choice = Choice(rawValue: values.text(name)) else {
        preconditionFailure("A checked choice is one of the set.")
      }
      subject[keyPath: property] = choice
    }
  }

  /// A list or map that is read by a closure; its standard value is that of a new experiment.
  static func structured(
    _ name: String, _ summary: String,
    read: @escaping @Sendable (inout Subject, ParameterValue) throws(ParameterError) -> Void
  ) -> Self {
    Self(description: ParameterDescription(name, summary, .structured)) {
      (subject, values) throws(ParameterError) in
      guard let value = values.values[name] else { return }
      try read(&subject, value)
    }
  }
}
