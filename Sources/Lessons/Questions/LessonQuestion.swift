/// A question that is answered before the program shows what it measures.
package struct LessonQuestion: Sendable {
  package var text: String
  package var kind: Kind
  /// What is said once it is answered.
  package var reveal: [String]

  package enum Kind: Sendable {
    case choice([Option])
    case number(NumberQuestion)
    /// Things to be put in order, the largest first.
    case order([Item])
    case curve(CurveQuestion)
    case field(FieldQuestion)
  }

  /// Something to choose.
  package struct Option: Sendable {
    package var say: String
    package var truth: Truth
    /// What somebody who chooses it may have had in mind, and why it is not so.
    package var why: String?

    package enum Truth: Sendable {
      case given(Bool)
      /// Right where this is measured.
      case measured(LessonCondition)
    }
  }

  /// A number to be guessed.
  package struct NumberQuestion: Sendable {
    package var truth: LessonExpression
    /// How far off a right guess may be, as a share of the truth.
    package var tolerance: Double
    /// Usual wrong guesses: conditions on `guess` and `truth`.
    package var misses: [Miss]

    package static let variables: Set<String> = ["guess", "truth"]
  }

  package struct Miss: Sendable {
    package var condition: LessonCondition
    package var why: String
  }

  package struct Item: Sendable {
    package var say: String
    package var value: LessonExpression
  }

  /// A curve to be drawn through values at given places.
  package struct CurveQuestion: Sendable {
    /// The truth, an expression of `x`.
    package var truth: LessonExpression
    package var places: [Double]
    /// The values that can be drawn.
    package var range: ClosedRange<Double>
    /// How far off a right curve may be on average, as a share of the range.
    package var tolerance: Double

    package static let variables: Set<String> = ["x"]
    /// The steps of a value from one end of the range to the other.
    private static let steps = 20

    /// The value at a step from the lower end of the range; nil beyond its ends.
    package func value(atStep step: Int) -> Double? {
      guard (0...Self.steps).contains(step) else { return nil }
      let share = Double(step)
      return (range.lowerBound * (Double(Self.steps) - share) + range.upperBound * share)
        / Double(Self.steps)
    }

    /// The step that is nearest to a value of the range.
    package func step(of value: Double) -> Int {
      let height = range.upperBound - range.lowerBound
      return Int(((value - range.lowerBound) / height * Double(Self.steps)).rounded())
    }
  }

  /// Everything that it says.
  package var texts: [String] {
    let own: [String] =
      switch kind {
      case .choice(let options): options.flatMap { [$0.say, $0.why ?? ""] }
      case .number(let question): question.misses.map(\.why)
      case .order(let items): items.map(\.say)
      case .curve: []
      case .field(let field): field.misses.map(\.why)
      }
    return [text] + own + reveal
  }

  /// The quantities that its answer needs.
  package var quantities: [LessonQuantity] {
    switch kind {
    case .choice(let options):
      options.flatMap { option -> [LessonQuantity] in
        switch option.truth {
        case .given: []
        case .measured(let condition): condition.quantities
        }
      }
    case .number(let question):
      question.truth.quantities + question.misses.flatMap(\.condition.quantities)
    case .order(let items): items.flatMap(\.value.quantities)
    case .curve(let curve): curve.truth.quantities
    case .field(let field):
      field.truth.flatMap(\.quantities) + field.misses.flatMap(\.condition.quantities)
    }
  }
}

/// What somebody answers.
package enum LessonAnswer: Sendable, Equatable {
  /// An option by its place.
  case choice(Int)
  case number(Double)
  /// The places of the items, the largest first.
  case order([Int])
  /// The values at the places of the curve.
  case curve([Double])
  /// The field of the particle, or those of the region.
  case fields(Set<Int>)
}
