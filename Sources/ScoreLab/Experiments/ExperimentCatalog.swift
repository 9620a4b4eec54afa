public import ScoreCore

/// Every experiment on offer.
public enum ExperimentCatalog {
  public static let all: [CatalogEntry<any Experiment>] = [
    .outlierScore,
    .hardPair,
    .reluERM,
    .outlierTraining,
  ]

  public static func entry(named name: String) -> CatalogEntry<any Experiment>? {
    all.first { $0.name == name }
  }
}
