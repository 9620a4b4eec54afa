import ScoreCore

/// The score error of a network on real images, whose smoothed law has an exact score.
///
/// Some of the images are kept back. The network learns the law of the others, each smoothed by a
/// Gaussian; the exact score of that law memorises them, and how far the network follows it is
/// measured at noisy points of both parts.
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
    run.optimizer.learningRate = 0.002
    run.optimizer.schedule = CatalogChoice(
      "cosine", of: RateScheduleCatalog.all,
      ["decay_steps": .number(20_000), "last_rate": .number(0.01)])
    run.sampler.steps = 50
    run.sampler.count = 200
    run.probe.levels = 6
    run.probe.points = 1024
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
      summary: "score error on real images, at noisy training images and at held-out ones",
      source: "Vincent 2011; Yoon et al. 2023",
      parameters: [
        ParameterDescription(
          "steps", "training steps", .integer(default: 20_000, range: 1...10_000_000))
      ]
    ) { RealImages(steps: $0.integer("steps")) }
  }
}
