import ScoreCore
import ScoreLab

/// What gross outliers in the training data do to a score that is to be that of the clean
/// distribution, and what Huber's loss does about it.
///
/// Source: Huber 1964, "Robust estimation of a location parameter", Ann. Math. Statist. 35; errors
/// in L2 and `D_delta` as in Gupta et al. 2024 (arXiv:2311.13745).
struct OutlierTraining: ClaimExperiment {
  static let claim = Claim(
    "outlier_training", title: "Outliers in the training data",
    summary:
      "gross outliers in the training data: squared loss against Huber's, errors and samples",
    statement:
      "Gross outliers in the training data are learned: they are among the samples in their "
      + "share, and move the clean distribution's score in L2 and D_delta alike. Huber's loss has "
      + "fewer of them among its samples, at the price of an error on clean data.",
    source: "Huber 1964, Ann. Math. Statist. 35; errors as in Gupta et al. 2024 "
      + "(arXiv:2311.13745), eq. 6", .observed,
    caveats: [
      "D_delta forgives errors where few points of the clean distribution are. What outliers in "
        + "training do "
        + "is not of that kind: at high noise they move the score where the clean distribution's "
        + "points are.",
      "The errors are against the clean distribution's score. Trained without end on contaminated "
        + "data, "
        + "the squared loss tends to the score of the contaminated distribution, so that an error "
        + "is no "
        + "fault of training.",
      "The minimum of Huber's loss is the conditional mean of the target only where its "
        + "distribution "
        + "given the noisy point is symmetric: it is biased on clean data too, which "
        + "the rows without outliers show.",
      "No paper's numbers are reproduced here. The checks are claims about networks with the "
        + "standard "
        + "values; for another distribution or shorter training they need not hold.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .number(
      "huber_length", "error from which Huber's loss is linear, in units of the target",
      \.huberLength, in: 1e-3...1e3),
    .number("distance", "distance of the outliers from the origin", \.distance, in: 0.1...1e4),
    .number("delta", "share of the samples that may have larger errors", \.delta, in: 1e-3...0.5),
    .integer("repeats", "training sets for each share of outliers", \.repeats, in: 2...1000),
    .integer("steps", "training steps of each network", \.steps, in: 10...1_000_000),
  ]

  /// The shares of the training points that are outliers.
  static let fractions = [0, 0.005, 0.01, 0.02, 0.05]

  /// The length of an error from which Huber's loss is linear.
  var huberLength = 0.3
  /// How far outliers are from the origin, in data units.
  var distance = 10.0
  var delta = 0.05
  /// Training sets for each share of outliers.
  var repeats = 8
  /// Training steps of each network.
  var steps = 4000

  /// The deviation of the outliers about their place.
  var spread: Double { distance / 20 }

  public var standardRun: RunConfiguration? {
    var run = RunConfiguration()
    run.distribution = .line([(1, -1.2, 0.4), (1, 1.2, 0.4)])
    run.trainingSet.count = .fixed(2000)
    run.process = ProcessConfiguration()
    run.network.hidden = [48, 48]
    run.network.activation = .relu
    run.network.timeFeatures = 16
    run.optimizer.learningRate = 0.003
    run.optimizer.batch = 128
    run.optimizer.average = 0.99
    run.optimizer.schedule = CatalogChoice(
      "cosine", of: RateScheduleCatalog.all, ["decay_steps": .number(4000)])
    run.sampler.steps = 50
    run.probe.levels = 8
    run.probe.points = 2048
    return run
  }

  func makePlan(_ setup: ExperimentSetup) throws -> OutlierTrainingPlan {
    guard let count = setup.run.trainingSet.fixedCount, count >= 20 else {
      throw ParameterError(
        path: ["run", "training_set", "count"], message: "must be a number from 20 on")
    }
    guard setup.run.sampler.count >= 20 else {
      throw ParameterError(
        path: ["run", "sampler", "count"], message: "must be a number from 20 on")
    }
    let distribution = try setup.distribution()
    try MemoryEstimate(
      setup.run, dimension: distribution.dimension,
      use: .sideBySide(OutlierTrainingPlan.cases.count)
    ).check()
    return OutlierTrainingPlan(
      experiment: self, setup: setup, distribution: distribution, sampleCount: count)
  }
}
