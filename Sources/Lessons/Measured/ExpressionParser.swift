import OutsideText

/// Reads expressions from left to right, each character once.
struct ExpressionParser {
  /// How deep brackets may stand in one another.
  private static let mostLevels = 20

  private let characters: [Character]
  private let variables: Set<String>
  private var place = 0
  private var level = 0

  init(_ text: String, variables: Set<String>) {
    characters = Array(text.prefix(1000))
    self.variables = variables
  }

  private var rest: String { SafeText.sanitized(String(characters[place...])) }

  private func fault(_ message: String) -> LessonExpression.Fault { .init(message: message) }

  private mutating func skipBlanks() {
    while place < characters.count, characters[place] == " " { place += 1 }
  }

  private var next: Character? { place < characters.count ? characters[place] : nil }

  /// Takes one of some characters, if it is next.
  private mutating func take(_ wanted: String) -> Character? {
    skipBlanks()
    guard let next, wanted.contains(next) else { return nil }
    place += 1
    return next
  }

  func end() throws(LessonExpression.Fault) {
    var copy = self
    copy.skipBlanks()
    guard copy.next == nil else { throw fault("expected the end, found \"\(copy.rest)\"") }
  }

  mutating func comparison() throws(LessonExpression.Fault) -> LessonCondition.Comparison {
    guard let sign = take("<>") else {
      throw fault("expected <, <=, > or >= and a value to compare with, found \"\(rest)\"")
    }
    let isEqual = next == "="
    if isEqual { place += 1 }
    return sign == "<" ? (isEqual ? .atMost : .less) : (isEqual ? .atLeast : .greater)
  }

  mutating func expression() throws(LessonExpression.Fault) -> LessonExpression {
    level += 1
    defer { level -= 1 }
    guard level <= Self.mostLevels else { throw fault("nested too deep") }
    var sum = try product()
    while let sign = take("+-") {
      sum = .operation(sign == "+" ? .plus : .minus, sum, try product())
    }
    return sum
  }

  private mutating func product() throws(LessonExpression.Fault) -> LessonExpression {
    var product = try power()
    while let sign = take("*/") {
      product = .operation(sign == "*" ? .times : .over, product, try power())
    }
    return product
  }

  private mutating func power() throws(LessonExpression.Fault) -> LessonExpression {
    if take("-") != nil {
      return .negated(try deeper { (parser) throws(LessonExpression.Fault) in try parser.power() })
    }
    let base = try atom()
    guard take("^") != nil else { return base }
    return .operation(
      .power, base, try deeper { (parser) throws(LessonExpression.Fault) in try parser.power() })
  }

  /// Signs and powers nest without brackets.
  private mutating func deeper(
    _ body: (inout Self) throws(LessonExpression.Fault) -> LessonExpression
  ) throws(LessonExpression.Fault) -> LessonExpression {
    level += 1
    defer { level -= 1 }
    guard level <= Self.mostLevels else { throw fault("nested too deep") }
    return try body(&self)
  }

  private mutating func atom() throws(LessonExpression.Fault) -> LessonExpression {
    if take("(") != nil {
      let inner = try expression()
      try close()
      return inner
    }
    skipBlanks()
    if let next, next.isNumber || next == "." { return .number(try number()) }
    let name = word()
    guard !name.isEmpty else { throw fault("expected a value, found \"\(rest)\"") }
    if variables.contains(name) { return .variable(name) }
    if let function = LessonExpression.Function(rawValue: name) {
      guard take("(") != nil else { throw fault("\(name) takes a value in brackets") }
      let inner = try expression()
      try close()
      return .function(function, inner)
    }
    guard let quantity = LessonQuantity(rawValue: name) else { throw unknown(name) }
    return .quantity(quantity, try arguments(of: quantity))
  }

  private func unknown(_ name: String) -> LessonExpression.Fault {
    let known =
      variables.sorted() + LessonExpression.Function.allCases.map(\.rawValue)
      + LessonQuantity.allCases.map(\.rawValue)
    return fault(
      "\"\(SafeText.sanitized(name))\" is no quantity; there are \(known.joined(separator: ", "))")
  }

  private mutating func close() throws(LessonExpression.Fault) {
    guard take(")") != nil else { throw fault("expected ), found \"\(rest)\"") }
  }

  private mutating func word() -> String {
    var word = ""
    while let next, next.isLetter || next.isNumber || next == "_" || next == "." {
      word.append(next)
      place += 1
    }
    return word
  }

  private mutating func number() throws(LessonExpression.Fault) -> Double {
    var text = ""
    while let next, next.isASCII, next.isNumber || next == "." {
      text.append(next)
      place += 1
    }
    text += exponent()
    guard let number = Double(text), number.isFinite else {
      throw fault("\"\(SafeText.sanitized(text))\" is no number")
    }
    return number
  }

  /// A power of ten behind a number, such as the `e-3` of `1e-3`.
  private mutating func exponent() -> String {
    guard next == "e" else { return "" }
    let rest = characters[(place + 1)...]
    let sign = rest.first == "-" ? "-" : ""
    let digits = String(rest.dropFirst(sign.count).prefix { $0.isASCII && $0.isNumber })
    guard !digits.isEmpty else { return "" }
    place += 1 + sign.count + digits.count
    return "e" + sign + digits
  }

  private mutating func arguments(
    of quantity: LessonQuantity
  ) throws(LessonExpression.Fault) -> [LessonExpression.Argument] {
    let wanted = quantity.parameters
    guard !wanted.isEmpty else { return [] }
    guard take("(") != nil else { throw fault("\(quantity.signature) takes values in brackets") }
    var arguments: [LessonExpression.Argument] = []
    for (index, parameter) in wanted.enumerated() {
      if index > 0, take(",") == nil {
        throw fault("expected \(quantity.signature)")
      }
      arguments.append(try argument(parameter, of: quantity))
    }
    try close()
    return arguments
  }

  private mutating func argument(
    _ parameter: LessonQuantity.Parameter, of quantity: LessonQuantity
  ) throws(LessonExpression.Fault) -> LessonExpression.Argument {
    switch parameter {
    case .value: return .value(try expression())
    case .name(let what, let names):
      skipBlanks()
      let name = word()
      guard names.contains(name) else {
        throw fault(
          "\(quantity.signature) takes a \(what), not \"\(SafeText.sanitized(name))\"; there are "
            + names.prefix(40).joined(separator: ", "))
      }
      return .word(name)
    }
  }
}
