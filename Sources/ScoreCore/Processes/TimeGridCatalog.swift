/// Every time grid on offer.
public enum TimeGridCatalog {
  public static let all: [CatalogEntry<any TimeGrid>] = [
    .exponentialDecay,
    .uniform,
    .geometric,
    .cosine,
    .karras,
    .logSNR,
    .given,
  ]

  /// The entry of a name, or nil.
  public static func entry(named name: String) -> CatalogEntry<any TimeGrid>? {
    all.first { $0.name == name }
  }
}
