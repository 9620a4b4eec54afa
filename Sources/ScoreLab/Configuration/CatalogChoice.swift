public import ScoreCore

/// A member of a catalog by name, with all of its parameters.
public struct CatalogChoice: Equatable, Sendable {
  /// A name in the catalog.
  public var name: String
  /// Every parameter of the member by name; only structured ones may be missing.
  public var parameters: [String: ParameterValue]

  init(name: String, parameters: [String: ParameterValue]) {
    self.name = name
    self.parameters = parameters
  }

  /// Chooses a member of a catalog; parameters that are not given take their defaults.
  ///
  /// - Precondition: The catalog has the name, and its member takes the given values.
  public init(
    _ name: String, of catalog: [any CatalogItem], _ given: [String: ParameterValue] = [:]
  ) {
    guard let item = catalog.first(where: { $0.name == name }),
      let complete = try? CatalogParameters(given, describedBy: item.parameters)
    else { preconditionFailure("A choice names a member of its catalog and fits it.") }
    self.init(name: name, parameters: complete.values)
  }

  /// A numeric parameter, or nil if the member has none of that name.
  public func number(_ parameter: String) -> Double? {
    guard case .number(let value)? = parameters[parameter] else { return nil }
    return value
  }

  /// Makes the member.
  ///
  /// - Precondition: The choice was checked against the catalog.
  public func make<Member>(from catalog: [CatalogEntry<Member>]) -> Member {
    guard let entry = catalog.first(where: { $0.name == name }),
      let member = try? entry.make(parameters)
    else { preconditionFailure("A checked choice can be made.") }
    return member
  }

  /// The parameters that are not at their default.
  func changes(from item: any CatalogItem) -> [String: ParameterValue] {
    let standard = try? CatalogParameters([:], describedBy: item.parameters).values
    return parameters.filter { $0.value != standard?[$0.key] }
  }
}
