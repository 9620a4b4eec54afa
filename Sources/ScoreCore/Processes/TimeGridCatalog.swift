/// Every time grid on offer.
public enum TimeGridCatalog: Catalog {
  public static let all: [CatalogEntry<any TimeGrid>] = [
    .exponentialDecay,
    .uniform,
    .geometric,
    .cosine,
    .karras,
    .logSNR,
    .given,
  ]
}
