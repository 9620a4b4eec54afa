import ScoreCore

/// What gross outliers in the training data do to a score that is to be that of the clean law, and
/// what Huber's loss does about it.
///
/// Source: Huber 1964, "Robust estimation of a location parameter", Ann. Math. Statist. 35; errors
/// in L2 and `D_delta` as in Gupta et al. 2024 (arXiv:2311.13745).
public struct OutlierTrainingBench: Experiment {
  /// The shares of the training points that are outliers.
  static let fractions = [0, 0.005, 0.01, 0.02, 0.05]

  /// The length of an error from which Huber's loss is linear.
  public var huberLength: Double
  /// How far outliers are from the origin, in data units.
  public var distance: Double
  public var delta: Double
  /// Training sets for each share of outliers.
  public var repeats: Int
  /// Training steps of each network.
  public var steps: Int

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

  public func makeRun(_ setup: ExperimentSetup) throws -> any ExperimentRun {
    guard let count = setup.run.trainingSet.fixedCount, count >= 20 else {
      throw ParameterError(
        path: ["run", "training_set", "count"], message: "must be a number from 20 on")
    }
    guard setup.run.sampler.count >= 20 else {
      throw ParameterError(
        path: ["run", "sampler", "count"], message: "must be a number from 20 on")
    }
    let law = try setup.run.distribution.makeLaw(dataSource: setup.dataSource)
    try MemoryEstimate(
      setup.run, dimension: law.dimension, use: .sideBySide(OutlierTrainingRun.cases.count)
    ).check()
    return OutlierTrainingRun(bench: self, setup: setup, law: law, sampleCount: count)
  }
}

extension CatalogEntry where Member == any Experiment {
  static var outlierTraining: Self {
    Self(
      name: "outlier_training",
      summary:
        "gross outliers in the training data: squared loss against Huber's, errors and samples",
      source: "Huber 1964; Gupta et al. 2024 (arXiv:2311.13745)",
      parameters: [
        ParameterDescription(
          "huber_length", "error from which Huber's loss is linear, in units of the target",
          .number(default: 0.3, range: 1e-3...1e3)),
        ParameterDescription(
          "distance", "distance of the outliers from the origin",
          .number(default: 10, range: 0.1...1e4)),
        ParameterDescription(
          "delta", "share of the samples that may have larger errors",
          .number(default: 0.05, range: 1e-3...0.5)),
        ParameterDescription(
          "repeats", "training sets for each share of outliers",
          .integer(default: 8, range: 2...1000)),
        ParameterDescription(
          "steps", "training steps of each network",
          .integer(default: 4000, range: 10...1_000_000)),
      ]
    ) { values in
      OutlierTrainingBench(
        huberLength: values.number("huber_length"), distance: values.number("distance"),
        delta: values.number("delta"), repeats: values.integer("repeats"),
        steps: values.integer("steps"))
    }
  }
}
