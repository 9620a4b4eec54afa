import Glibc
import ScoreCore
import ScoreLab

/// A network trained on a hard pair's data with few far samples, or none: its error in L2 is that
/// of the far part until there is one, its `D_delta` is small throughout.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Setting 1.1 and Lemma 4.1.
struct ReLUERM: ClaimExperiment {
  static let claim = Claim(
    "relu_erm", title: "ReLU networks and far samples",
    summary: "a ReLU network that sees no far sample, or a few: L2 is off, D_delta is small",
    statement:
      "Trained on a hard pair's data without a far sample, a ReLU network is wrong by about "
      + "eta R_t^2 in squared L2, all of it in the far part, while D_delta for delta above eta is "
      + "that of a well-trained score; one far sample or a few remove the error.",
    source: "Gupta et al. 2024 (arXiv:2311.13745), Setting 1.1 and Lemma 4.1", .observed,
    caveats: [
      "The lower bound is about two fixed scores. That a trained network does the same is an "
        + "observation on these networks: a ReLU network goes on as a straight line beyond its "
        + "data, with a slope near the near part's -1 but not equal to it, and the error in the "
        + "far part grows with the square of that slope."
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .number(
      "delta", "share of the samples that may have larger errors, above the distribution's eta",
      \.delta,
      in: 1e-4...0.5),
    .integer(
      "repeats", "training sets and networks for each number of far samples", \.repeats,
      in: 2...1000),
    .integer("steps", "training steps of each network", \.steps, in: 10...1_000_000),
  ]

  /// How many far samples the training sets have.
  static let farCounts = [0, 1, 2, 3, 5, 10]

  var delta = 0.01
  /// Training sets, and networks, for each number of far samples.
  var repeats = 20
  /// Training steps of each network.
  var steps = 3000

  public var standardRun: RunConfiguration? {
    var run = RunConfiguration()
    run.distribution = DistributionConfiguration(
      kind: "pair", parameters: ["eta": .number(0.001), "separation": .number(30)])
    run.trainingSet.count = .fixed(1000)
    run.process = ProcessConfiguration()
    run.network.hidden = [32, 32]
    run.network.activation = .relu
    run.network.timeEmbedding = .plain
    run.objective.target = CatalogChoice("score", of: TrainingTargetCatalog.all)
    run.objective.levels = CatalogChoice(
      "fixed", of: LevelDrawCatalog.all, ["level_time": .number(0.5)])
    run.objective.noise = .fixed
    run.optimizer.learningRate = 0.003
    run.optimizer.batch = 128
    run.optimizer.schedule = CatalogChoice(
      "cosine", of: RateScheduleCatalog.all, ["decay_steps": .number(3000)])
    return run
  }

  func makePlan(_ setup: ExperimentSetup) throws -> ReLUERMPlan {
    try MemoryEstimate(setup.run, dimension: 1, use: .sideBySide(Self.farCounts.count)).check()
    return try ReLUERMPlan(values: self, setup: setup)
  }
}
