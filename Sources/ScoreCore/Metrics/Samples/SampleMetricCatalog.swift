/// Every sample metric on offer.
public enum SampleMetricCatalog: Catalog {
  /// The members, in the order in which reports show them.
  public static let all: [CatalogEntry<any SampleMetric>] = [
    .totalVariation,
    .wasserstein1,
    .wasserstein2,
    .slicedWasserstein1,
    .slicedWasserstein2,
    .assignmentWasserstein2,
    .maximumMeanDiscrepancy,
    .energyDistance,
    .frechet,
    .neighborDivergence,
    .kernelDivergence,
    .likelihoodGap,
    .modeCoverage,
    .neighborClassifier,
    .quadraticClassifier,
    .networkClassifier,
    .memorization,
  ]
}
