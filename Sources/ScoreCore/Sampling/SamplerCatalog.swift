/// Every sampler on offer.
public enum SamplerCatalog: Catalog {
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
}
