/// A member of an open set under the name people type, and how to make one.
///
/// Processes, time grids, samplers, targets, weightings, level draws, optimisers and schedules are
/// all listed with this, so lists, forms, help and the configuration reader treat them alike.
public struct CatalogEntry<Member: Sendable>: Sendable {
  public let name: String
  /// One line for lists and help.
  public let summary: String
  /// Where it was first described.
  public let source: String
  public let parameters: [ParameterDescription]
  private let build: @Sendable (CatalogParameters) throws(ParameterError) -> Member

  public init(
    name: String, summary: String, source: String, parameters: [ParameterDescription] = [],
    build: @escaping @Sendable (CatalogParameters) throws(ParameterError) -> Member
  ) {
    self.name = name
    self.summary = summary
    self.source = source
    self.parameters = parameters
    self.build = build
  }

  /// Makes the member; parameters that are not given take their defaults.
  ///
  /// - Throws: ``ParameterError`` naming the parameter and what is allowed.
  public func make(_ values: [String: ParameterValue] = [:]) throws(ParameterError) -> Member {
    try build(CatalogParameters(values, describedBy: parameters))
  }
}
