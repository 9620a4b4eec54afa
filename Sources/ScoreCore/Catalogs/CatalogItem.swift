/// What lists, forms and the configuration reader need to know of any catalog's entry.
public protocol CatalogItem: Sendable {
  var name: String { get }
  var summary: String { get }
  var source: String { get }
  var parameters: [ParameterDescription] { get }
  /// Checks values together, beyond the range of each.
  ///
  /// - Throws: ``ParameterError`` naming the parameter and what is allowed.
  func check(_ values: [String: ParameterValue]) throws(ParameterError)
}

extension CatalogEntry: CatalogItem {
  public func check(_ values: [String: ParameterValue]) throws(ParameterError) {
    _ = try make(values)
  }
}
