import ScoreCore

/// The score error of a network on real images, whose smoothed law has an exact score.
///
/// Some of the images are kept back. The network learns the law of the others, each smoothed by a
/// Gaussian; the exact score of that law memorises them. At noisy points of the images kept back the
/// network is held against it, against one Gaussian and against no score at all.
///
/// Source: Vincent 2011, "A connection between score matching and denoising autoencoders"; for
/// memorising, Yoon, Choi, Kwon and Ryu 2023, "Diffusion probabilistic models generalize when they
/// fail to memorize".
public struct RealImages: Experiment {
  /// The training steps.
  public var steps: Int

  public var standardRun: RunConfiguration? {
    var run = RunConfiguration()
    run.distribution = DistributionConfiguration(
      kind: "digits", parameters: ["bandwidth": .number(0.1)])
    run.trainingSet.count = .fixed(1200)
    run.network.hidden = [256, 256]
    // At high noise the score is nearly that of a Gaussian: EDM's residual leaves little of it to the
    // network, but that little must be learned beside levels at which there is a hundred times as
    // much. Hence more waves of the level and a weight that grows with the noise, from 1 to 6.
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

  public func makeRun(_ setup: ExperimentSetup) throws -> any ExperimentRun {
    try RealImagesRun(values: self, setup: setup)
  }
}

extension CatalogEntry where Member == any Experiment {
  static var realImages: Self {
    Self(
      name: "real_images",
      summary: "what a network learns of real images, against one Gaussian and memorising",
      source: "Vincent 2011; Yoon et al. 2023",
      parameters: [
        ParameterDescription(
          "steps", "training steps", .integer(default: 40_000, range: 1...10_000_000))
      ]
    ) { RealImages(steps: $0.integer("steps")) }
  }
}
