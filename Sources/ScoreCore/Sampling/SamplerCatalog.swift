/// Every sampler on offer.
public enum SamplerCatalog {
  public static let all: [CatalogEntry<any Sampler>] = [
    .exponentialIntegrator,
    .eulerMaruyama,
    .ancestral,
    .implicit,
    .probabilityFlowEuler,
    .probabilityFlowHeun,
    .elucidatedHeun,
    .multistepSolver,
    .annealedLangevin,
    .predictorCorrector,
  ]

  /// The entry of a name, or nil.
  public static func entry(named name: String) -> CatalogEntry<any Sampler>? {
    all.first { $0.name == name }
  }
}
