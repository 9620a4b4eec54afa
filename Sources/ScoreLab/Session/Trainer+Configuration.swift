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
      threads: threads)
  }

  /// Starts the run that a checked configuration describes, on points of its own.
  package init(configuration: RunConfiguration, trainingSet: TrainingSet, threads: Int) {
    self.init(
      architecture: configuration.network.architecture(dimension: trainingSet.dimension),
      process: configuration.process.make(), trainingSet: trainingSet,
      objective: configuration.objective.make(), optimization: configuration.optimizer.make(),
      batch: configuration.optimizer.batch, seed: configuration.seed, threads: threads)
  }
}
