package import ScoreCore

extension Trainer {
  /// Starts the run that a checked configuration describes.
  package init(
    configuration: RunConfiguration, distribution: any KnownScoreDistribution, threads: Int
  ) {
    self.init(
      configuration: configuration,
      trainingSet: TrainingSet.make(
        from: distribution, count: configuration.trainingSet.fixedCount, seed: configuration.seed),
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
      architecture: configuration.network.architecture(dimension: trainingSet.dimension),
      process: process, trainingSet: trainingSet,
      objective: distribution.map { objective.fitted(to: $0, process: process) } ?? objective,
      optimization: configuration.optimizer.make(),
      batch: configuration.optimizer.batch, seed: configuration.seed, threads: threads)
  }
}
