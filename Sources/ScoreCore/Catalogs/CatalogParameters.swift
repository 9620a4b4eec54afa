/// The checked parameters of one catalog member, by name.
public struct CatalogParameters: Sendable {
  public let values: [String: ParameterValue]

  /// Checks values against descriptions: unknown names, types and ranges.
  ///
  /// - Throws: ``ParameterError`` naming the parameter and what is allowed.
  public init(
    _ values: [String: ParameterValue], describedBy descriptions: [ParameterDescription]
  ) throws(ParameterError) {
    var checked: [String: ParameterValue] = [:]
    for name in values.keys.sorted() where !descriptions.contains(where: { $0.name == name }) {
      let known = (["kind"] + descriptions.map(\.name)).joined(separator: ", ")
      throw ParameterError(
        path: [name], message: "unknown key \"\(name)\"; allowed here: \(known)")
    }
    for description in descriptions {
      checked[description.name] = try CatalogParameters.check(
        values[description.name], against: description)
    }
    self.values = checked
  }

  private static func check(
    _ value: ParameterValue?, against description: ParameterDescription
  ) throws(ParameterError) -> ParameterValue? {
    func failure(_ expected: String) -> ParameterError {
      let found = value.map { ", found \($0.found)" } ?? ""
      return ParameterError(path: [description.name], message: "expected \(expected)\(found)")
    }
    switch (description.kind, value) {
    case (.number(let standard, _), nil): return .number(standard)
    case (.integer(let standard, _), nil): return .number(Double(standard))
    case (.flag(let standard), nil): return .flag(standard)
    case (.text(let standard), nil):
      guard let standard else {
        throw ParameterError(
          path: [description.name], message: "\"\(description.name)\" must be given")
      }
      return .text(standard)
    case (.choice(let standard, _), nil): return .text(standard)
    case (.choice(_, let names), .text(let name)?) where names.contains(name): return value
    case (.choice(_, let names), _): throw failure("one of \(names.joined(separator: ", "))")
    case (.structured, _): return value
    case (.number(_, let range), .number(let x)?) where range.contains(x): return value
    case (.number(_, let range), _):
      throw failure("a number from \(range.lowerBound) to \(range.upperBound)")
    case (.integer(_, let range), .number(let x)?)
    where x == x.rounded() && Double(range.lowerBound) <= x && x <= Double(range.upperBound):
      return value
    case (.integer(_, let range), _):
      throw failure("a whole number from \(range.lowerBound) to \(range.upperBound)")
    case (.flag, .flag?): return value
    case (.flag, _): throw failure("true or false")
    case (.text, .text?): return value
    case (.text, _): throw failure("text")
    }
  }

  /// A numeric parameter that is described as a number or an integer.
  public func number(_ name: String) -> Double {
    guard case .number(let value)? = values[name] else {
      preconditionFailure("\(name) is not described as a number.")
    }
    return value
  }

  public func integer(_ name: String) -> Int { Int(number(name)) }

  public func flag(_ name: String) -> Bool {
    guard case .flag(let value)? = values[name] else {
      preconditionFailure("\(name) is not described as a flag.")
    }
    return value
  }

  public func text(_ name: String) -> String {
    guard case .text(let value)? = values[name] else {
      preconditionFailure("\(name) is not described as text.")
    }
    return value
  }
}
