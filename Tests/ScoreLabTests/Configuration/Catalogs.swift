import ScoreCore

@testable import ScoreLab

/// Every key that names a member of a catalog.
enum Catalogs {
  static let all: [(path: String, items: [any CatalogItem])] = [
    ("process.kind", ProcessCatalog.all), ("objective.target", TrainingTargetCatalog.all),
    ("objective.weighting", LevelWeightingCatalog.all),
    ("objective.levels", LevelDrawCatalog.all), ("optimizer.kind", OptimizerCatalog.all),
    ("optimizer.schedule", RateScheduleCatalog.all),
    ("optimizer.constraint", WeightConstraintCatalog.all), ("sampler.kind", SamplerCatalog.all),
    ("sampler.grid", TimeGridCatalog.all),
  ]

  /// What chooses a member, with what it has no default for.
  static func assignments(_ path: String, _ name: String) -> [String] {
    ["\(path)=\(name)"] + (path == "sampler.grid" && name == "given" ? ["sampler.times=[0.1]"] : [])
  }
}
