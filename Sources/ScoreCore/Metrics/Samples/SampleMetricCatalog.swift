/// Every sample metric on offer.
public enum SampleMetricCatalog {
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

  /// The entry of a name, or nil.
  public static func entry(named name: String) -> CatalogEntry<any SampleMetric>? {
    all.first { $0.name == name }
  }
}
