import ScoreCore
import ScoreLab

/// What weighting noise levels by what is recoverable there gains, next to the other weightings,
/// and what
/// lies behind it: the tangent kernel, gradient noise and a loss that hides learning.
///
/// Source: Yao et al. 2026 (arXiv:2605.10790).
struct Recoverability: ClaimExperiment {
  static let claim = Claim(
    "recoverability", title: "Weights by what can be recovered",
    summary: "weightings of noise levels at equal steps: excess by level, samples, tangent kernel",
    statement:
      "Weighting the loss at each noise level by the amplitude of the target's components in "
      + "the noisy "
      + "point gives better samples than the constant weighting, Min-SNR and P2 at equal steps. "
      + "Behind it: "
      + "where little can be recovered gradients are noisy, the tangent kernel loses rank as "
      + "noise rises, "
      + "and the whole loss stands while the excess falls.",
    source: "Yao et al. 2026 (arXiv:2605.10790), abstract and code", paper: .yao2026, .derived,
    caveats: [
      "The paper trains transformers on images and measures FID. These are small networks on "
        + "Gaussians in "
        + "the plane, measured against the exact score.",
      "A step costs the same with every weighting, so equal steps are equal compute. Only "
        + "recoverable has "
        + "to be fitted to the distribution, once.",
      "Adam does not see a constant factor of a weight. What is compared is the shape over levels.",
      "Where the target is the noise, sigma_squared is the constant weighting: both are trained "
        + "and "
        + "come out the same to the bit.",
      "The requirements were set from the abstract, before the first run; the paper has no "
        + "numbers for "
        + "such networks.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .integer(
      "repeats", "training seeds, with a network for each weighting", \.repeats, in: 2...1000),
    .integer("steps", "training steps of each network", \.steps, in: 10...1_000_000),
    .integer(
      "kernel_points", "points of the tangent kernel at each level", \.kernelPoints, in: 2...200),
    .integer(
      "gradient_draws", "draws for the noise of gradients at each level", \.gradientDraws,
      in: 8...10_000),
  ]

  /// The names of the weightings in ``LevelWeightingCatalog``, the one that others are compared
  /// with first.
  static let weightings = [
    "constant", "erd", "recoverable", "min_snr", "p2", "debias", "edm", "sigma_squared",
    "likelihood",
  ]

  var repeats = 8
  var steps = 1500
  var kernelPoints = 24
  var gradientDraws = 256

  public var standardRun: RunConfiguration? {
    var run = RunConfiguration()
    run.distribution = DistributionConfiguration(
      kind: "ring_of_gaussians",
      parameters: ["count": .number(8), "radius": .number(1), "deviation": .number(0.1)])
    run.trainingSet.count = .unlimited
    run.process = ProcessConfiguration()
    run.process.kind = CatalogChoice("cosine", of: ProcessCatalog.all)
    run.objective.target = CatalogChoice("noise", of: TrainingTargetCatalog.all)
    run.objective.levels = CatalogChoice("uniform_time", of: LevelDrawCatalog.all)
    run.network.hidden = [32, 32]
    run.network.timeFeatures = 8
    run.optimizer.learningRate = 0.005
    run.optimizer.batch = 128
    run.optimizer.average = 0.99
    run.optimizer.schedule = CatalogChoice(
      "cosine", of: RateScheduleCatalog.all, ["decay_steps": .number(1500)])
    run.sampler.count = 1000
    run.sampler.steps = 30
    run.probe.levels = 8
    run.probe.points = 512
    return run
  }

  func makePlan(_ setup: ExperimentSetup) throws -> RecoverabilityPlan {
    let distribution = try setup.distribution()
    guard distribution.dimension == 2 else {
      throw ParameterError(
        path: ["run", "distribution"],
        message: "expected two coordinates, which histograms of samples need, found "
          + "\(distribution.dimension)")
    }
    guard setup.run.sampler.count >= 50 else {
      throw ParameterError(
        path: ["run", "sampler", "count"], message: "must be a number from 50 on")
    }
    try MemoryEstimate(
      setup.run, dimension: distribution.dimension, use: .sideBySide(Self.weightings.count)
    ).check()
    return RecoverabilityPlan(experiment: self, setup: setup, distribution: distribution)
  }
}
