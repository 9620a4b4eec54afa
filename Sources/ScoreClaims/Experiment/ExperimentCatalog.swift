public import ScoreCore
import ScoreLab

/// Every experiment on offer.
public enum ExperimentCatalog: Catalog {
  private static let types: [any ClaimExperiment.Type] = [
    HardPair.self,
    OutlierScoreExperiment.self,
    FiniteClass.self,
    ReLUERM.self,
    OutlierTraining.self,
    CorruptedScoreExperiment.self,
    Certificate.self,
    SampleComplexity.self,
    NoiseLevels.self,
    SampleExponents.self,
    RealImages.self,
    Schedules.self,
    ThreeErrors.self,
    PolyakLojasiewicz.self,
    FreshNoise.self,
    EarlyStopping.self,
    CreditDefault.self,
    KernelCoupling.self,
    KernelRates.self,
    LocalisedRegression.self,
    Memorisation.self,
    FlowMatching.self,
    PosteriorEstimation.self,
    Guidance.self,
    DigitsByClass.self,
    ImageCopies.self,
    ConvexMinimiser.self,
    KernelScoreRates.self,
    Recoverability.self,
    CollapseAndRefine.self,
    TwoStages.self,
    ConservativeNetworks.self,
    IntrinsicSampleComplexity.self,
  ]

  public static let all: [CatalogEntry<any Experiment>] = types.map { $0.entry }

  /// What each of them measures, in the same order.
  public static let claims: [Claim] = types.map { $0.claim }
}
