import Glibc
import ScoreCore

/// Arithmetic on what the program knows and measures: conditions, answers and numbers of lessons.
///
/// It has numbers, `+ - * / ^`, the functions of ``Function`` and the quantities of
/// ``LessonQuantity``; it can read values and nothing else.
package indirect enum LessonExpression: Sendable, Equatable {
  case number(Double)
  /// A value that the asker gives, such as the `x` of a curve.
  case variable(String)
  case quantity(LessonQuantity, [Argument])
  case negated(LessonExpression)
  case operation(Operator, LessonExpression, LessonExpression)
  case function(Function, LessonExpression)

  /// What stands between the brackets of a quantity.
  package enum Argument: Sendable, Equatable {
    case value(LessonExpression)
    /// The name of a key, a metric or a sampler.
    case word(String)
  }

  package enum Operator: Character, Sendable {
    case plus = "+", minus = "-", times = "*", over = "/", power = "^"
  }

  package enum Function: String, Sendable, CaseIterable {
    case exp, log, sqrt, abs
    /// `P(Z > x)` of a standard normal variable.
    case tail

    func value(at x: Double) -> Double {
      switch self {
      case .exp: Glibc.exp(x)
      case .log: Glibc.log(x)
      case .sqrt: x.squareRoot()
      case .abs: Swift.abs(x)
      case .tail: StandardNormal.tail(x)
      }
    }
  }

  /// What is wrong with a text that should be an expression.
  package struct Fault: Error, Equatable {
    package var message: String
  }

  /// Reads an expression.
  ///
  /// - Parameters:
  ///   - text: Such as `sigma(0.5)^2`.
  ///   - variables: The names of the values that the asker gives.
  /// - Throws: ``Fault`` with what is allowed.
  package init(_ text: String, variables: Set<String> = []) throws(Fault) {
    var parser = ExpressionParser(text, variables: variables)
    self = try parser.expression()
    try parser.end()
  }

  /// Whether it depends on a value that the asker gives.
  package var hasVariables: Bool {
    switch self {
    case .number: false
    case .variable: true
    case .quantity(_, let arguments):
      arguments.contains { argument in
        switch argument {
        case .value(let inner): inner.hasVariables
        case .word: false
        }
      }
    case .negated(let inner), .function(_, let inner): inner.hasVariables
    case .operation(_, let left, let right): left.hasVariables || right.hasVariables
    }
  }

  /// The quantities in it.
  package var quantities: [LessonQuantity] {
    switch self {
    case .number, .variable: []
    case .quantity(let quantity, let arguments):
      [quantity]
        + arguments.flatMap { argument -> [LessonQuantity] in
          switch argument {
          case .value(let inner): inner.quantities
          case .word: []
          }
        }
    case .negated(let inner), .function(_, let inner): inner.quantities
    case .operation(_, let left, let right): left.quantities + right.quantities
    }
  }
}

/// Something that is waited for: two expressions and how they compare.
package struct LessonCondition: Sendable, Equatable {
  package enum Comparison: String, Sendable {
    case less = "<", atMost = "<=", greater = ">", atLeast = ">="

    func holds(_ left: Double, _ right: Double) -> Bool {
      switch self {
      case .less: left < right
      case .atMost: left <= right
      case .greater: left > right
      case .atLeast: left >= right
      }
    }
  }

  /// As it was written.
  package var text: String
  package var left: LessonExpression
  package var comparison: Comparison
  package var right: LessonExpression

  /// Reads a condition such as `step >= 500`.
  ///
  /// - Parameters:
  ///   - text: Two expressions with `<`, `<=`, `>` or `>=` between them.
  ///   - variables: The names of the values that the asker gives.
  /// - Throws: ``LessonExpression/Fault`` with what is allowed.
  package init(_ text: String, variables: Set<String> = []) throws(LessonExpression.Fault) {
    self.text = LessonMarkup.harmless(text)
    var parser = ExpressionParser(text, variables: variables)
    left = try parser.expression()
    comparison = try parser.comparison()
    right = try parser.expression()
    try parser.end()
  }

  package var quantities: [LessonQuantity] { left.quantities + right.quantities }
}
