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
      checked[description.name] = try description.kind.checked(
        values[description.name], named: description.name)
    }
    self.values = checked
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
