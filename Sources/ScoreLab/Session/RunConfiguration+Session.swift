public import ScoreCore

extension RunConfiguration {
  /// What the workbench opens on: the best of docs/benchmarks.md for two dimensions, with fewer
  /// samples than a report would take, so that the cloud is redrawn about once a second while
  /// training goes on.
  public static var start: RunConfiguration {
    var configuration = RunConfiguration()
    configuration.trainingSet.count = .unlimited
    configuration.network.residual = true
    configuration.network.positionFeatures = 3
    configuration.objective.target = CatalogChoice("velocity", of: TrainingTargetCatalog.all)
    configuration.objective.levels = CatalogChoice(
      "log_normal", of: LevelDrawCatalog.all,
      ["sigma_mean": .number(-2), "sigma_deviation": .number(2)])
    configuration.optimizer.learningRate = 0.004
    configuration.optimizer.schedule = CatalogChoice(
      "cosine", of: RateScheduleCatalog.all,
      ["decay_steps": .number(20_000), "last_rate": .number(0.01)])
    configuration.sampler.count = 1000
    return configuration
  }

  /// The process time of the one noise level that training sees; nil where it sees more.
  public var onlyTrainedTime: Double? { objective.levels.number("level_time") }

  /// What a user should know before trusting this run's errors and samples, with the numbers.
  ///
  /// - Parameter distribution: The distribution of the data.
  /// - Returns: One line each.
  public func warnings(for distribution: any KnownScoreDistribution) -> [String] {
    let training = onlyTrainedTime.map {
      "trained at time \(ConfigurationText.number($0)) alone (objective.levels fixed): errors at "
        + "other times, and samples, are of an untrained network"
    }
    return [training, classWarning(for: distribution)].compactMap { $0 }
      + samplerWarnings(for: distribution)
  }

  private func classWarning(for distribution: any KnownScoreDistribution) -> String? {
    guard let classes = ClassSampling(self, distribution) else { return nil }
    let used = sampler.classNumber < 0 ? nil : classes.classes(of: 0..<1).first
    if let used, used != sampler.classNumber {
      return
        "there is no class \(sampler.classNumber) (sampler.class): samples are of class \(used)"
    }
    return
      "the network is given the class: samples have one, and the loss is of points with theirs; "
      + "errors, floors and fields are of points without"
  }

  /// What a user should know before trusting samples of any score, the exact one included.
  ///
  /// - Parameter distribution: The distribution of the data.
  /// - Returns: One line each.
  public func samplerWarnings(for distribution: any KnownScoreDistribution) -> [String] {
    let process = process.make()
    let times = sampler.makeGrid().times(stepCount: sampler.steps, process: process)
    return SamplerAdvice.check(
      process: process, sampler: sampler.makeSampler(), times: times,
      dataVariance: distribution.moments?.variance ?? 1
    ).map(\.message)
  }
}

extension DistributionConfiguration {
  /// Makes the distribution.
  ///
  /// - Parameter dataSource: Reads the files that distributions are made from.
  /// - Returns: The distribution with its exact score.
  /// - Throws: What is wrong with the parameters, which begins with `distribution`, or with the data
  ///   file.
  public func makeDistribution(dataSource: any DataSource) throws -> any KnownScoreDistribution {
    try ParameterError.naming("distribution") { try distribution(reading: dataSource) }
  }

  /// What must be on screen next to the name, such as the bandwidth that smooths data.
  var note: String? {
    guard case .number(let bandwidth)? = parameters["bandwidth"] else { return nil }
    return "data smoothed by bandwidth \(bandwidth) (in deviations)"
  }
}

extension TrainingSetConfiguration {
  /// The number of points, or nil for fresh draws.
  package var fixedCount: Int? { count.fixedCount }
}
