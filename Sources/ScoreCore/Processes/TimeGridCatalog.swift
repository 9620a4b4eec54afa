/// Every time grid on offer.
public enum TimeGridCatalog {
  public static let all: [CatalogEntry<any TimeGrid>] = [
    .exponentialDecay,
    .uniform,
  ]

  /// The entry of a name, or nil.
  public static func entry(named name: String) -> CatalogEntry<any TimeGrid>? {
    all.first { $0.name == name }
  }
}

extension CatalogEntry where Member == any TimeGrid {
  static let exponentialDecay = Self(
    name: "exponential_decay", summary: "steps in proportion to min(1, t)",
    source: "Benton et al. 2024 (arXiv:2308.03686)"
  ) { _ in ExponentialDecayGrid() }

  static let uniform = Self(
    name: "uniform", summary: "equal steps in time", source: "standard"
  ) { _ in UniformGrid() }
}
