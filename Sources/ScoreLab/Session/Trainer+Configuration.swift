package import ScoreCore

extension Trainer {
  /// Starts the run that a checked configuration describes.
  package init(
    configuration: RunConfiguration, distribution: any KnownScoreDistribution, threads: Int
  ) {
    self.init(
      configuration: configuration,
      trainingSet: configuration.makeTrainingSet(from: distribution),
      distribution: distribution, threads: threads)
  }

  /// Starts the run that a checked configuration describes, on points of its own.
  ///
  /// - Parameters:
  ///   - configuration: What is trained, and how.
  ///   - trainingSet: The points.
  ///   - distribution: What a weighting that depends on the data is fitted to; nil where none is known.
  ///   - threads: How many threads a step may use.
  package init(
    configuration: RunConfiguration, trainingSet: TrainingSet,
    distribution: (any KnownScoreDistribution)? = nil, threads: Int
  ) {
    let (process, objective) = (configuration.process.make(), configuration.objective.make())
    self.init(
      architecture: configuration.network.architecture(
        dimension: trainingSet.dimension, conditionCount: trainingSet.conditionCount),
      process: process, trainingSet: trainingSet,
      objective: distribution.map { objective.fitted(to: $0, process: process) } ?? objective,
      optimization: configuration.optimizer.make(),
      batch: configuration.optimizer.batch, seed: configuration.seed, threads: threads)
  }
}

extension RunConfiguration {
  /// The points to train on, with their labels where the network is given them.
  fileprivate func makeTrainingSet(
    from distribution: any KnownScoreDistribution
  ) -> TrainingSet {
    guard network.condition == .label, var labelled = LabelledPoints(distribution) else {
      return TrainingSet.make(from: distribution, count: trainingSet.fixedCount, seed: seed)
    }
    guard let count = trainingSet.fixedCount else {
      labelled.unlabelledShare = network.labelDropout
      return .unlimitedConditional(labelled)
    }
    var stream = RandomStream(seed: seed, purpose: .trainingSet)
    let drawn = labelled.sample(count: count, using: &stream)
    return .rows(
      TrainingRows(
        points: drawn.points, conditions: drawn.conditions, conditionDropout: network.labelDropout))
  }
}

extension TrainingSet {
  /// The points of a fixed set; nil where every draw is fresh.
  var fixedPoints: Points? {
    switch self {
    case .fixed(let points): points
    case .rows(let rows): rows.points
    case .unlimited, .unlimitedConditional: nil
    }
  }
}
