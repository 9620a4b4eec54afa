public import ScoreCore
import ScoreLab

/// Every experiment on offer.
public enum ExperimentCatalog {
  public static let all: [CatalogEntry<any Experiment>] = [
    .claim(HardPair.self),
    .claim(OutlierScoreExperiment.self),
    .claim(FiniteClass.self),
    .claim(ReLUERM.self),
    .claim(OutlierTraining.self),
    .claim(CorruptedScoreExperiment.self),
    .claim(Certificate.self),
    .claim(SampleComplexity.self),
    .claim(NoiseLevels.self),
    .claim(RealImages.self),
    .claim(Schedules.self),
  ]

  public static func entry(named name: String) -> CatalogEntry<any Experiment>? {
    all.first { $0.name == name }
  }
}
