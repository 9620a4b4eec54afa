import ScoreCore
import ScoreLab

/// The score error of a network on real images, whose smoothed distribution has an exact score.
///
/// Some of the images are kept back. The network learns the distribution of the others, each
/// smoothed by a Gaussian; the exact score of that distribution memorises them. At noisy points of
/// the images kept back the network is held against it, against one Gaussian and against no score
/// at all.
///
/// Source: Vincent 2011, "A connection between score matching and denoising autoencoders"; for
/// memorising, Yoon, Choi, Kwon and Ryu 2023, "Diffusion probabilistic models generalize when they
/// fail to memorize".
struct RealImages: ClaimExperiment {
  static let claim = Claim(
    "real_images", title: "Score error on real images",
    summary: "what a network learns of real images, against one Gaussian and memorising",
    statement:
      "A network trained on images learns their distribution and not the images: at noisy images "
      + "that "
      + "it never saw it is nearer to the exact score of those than zero and one Gaussian are, "
      + "down "
      + "to the floor that the training images set, and at low noise far nearer than the score "
      + "that "
      + "memorises them; its samples are no copies.",
    source: "Vincent 2011; Yoon et al. 2023 for memorising; Gupta et al. 2024 (arXiv:2311.13745) "
      + "for D_delta", .observed)

  static let parameters: [ExperimentParameter<Self>] = [
    .integer("steps", "training steps", \.steps, in: 1...10_000_000)
  ]

  /// The training steps.
  var steps = 40_000

  public var standardRun: RunConfiguration? {
    var run = RunConfiguration()
    run.distribution = DistributionConfiguration(
      kind: "digits", parameters: ["bandwidth": .number(0.1)])
    run.trainingSet.count = .fixed(1200)
    run.network.hidden = [256, 256]
    // At high noise the score is nearly that of a Gaussian: EDM's residual leaves little of it to
    // the network, but that little must be learned next to levels at which there is a hundred times
    // as much. Hence more waves of the level and a weight that grows with the noise, from 1 to 6.
    run.network.timeFeatures = 64
    run.objective.target = CatalogChoice("edm", of: TrainingTargetCatalog.all)
    run.objective.weighting = CatalogChoice(
      "edm", of: LevelWeightingCatalog.all, ["weighting_deviation": .number(0.4)])
    run.optimizer.learningRate = 0.006
    run.optimizer.schedule = CatalogChoice(
      "cosine", of: RateScheduleCatalog.all,
      ["decay_steps": .number(40_000), "last_rate": .number(0.05)])
    run.optimizer.averageProfile = .power
    run.optimizer.averageExponent = 2
    run.sampler.steps = 50
    run.sampler.count = 200
    run.probe.levels = 6
    run.probe.points = 2048
    return run
  }

  func makePlan(_ setup: ExperimentSetup) throws -> RealImagesPlan {
    try RealImagesPlan(values: self, setup: setup)
  }
}
