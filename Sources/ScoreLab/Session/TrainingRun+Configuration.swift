import ScoreCore

extension TrainingRun {
  /// Starts the run that a checked configuration describes.
  init(configuration: RunConfiguration, law: any KnownScoreDistribution, threads: Int) {
    self.init(
      shape: configuration.network.shape(dimension: law.dimension),
      process: configuration.process.make(),
      trainingSet: TrainingSet.make(
        from: law, count: configuration.trainingSet.fixedCount, seed: configuration.seed),
      objective: configuration.objective.make(), optimization: configuration.optimizer.make(),
      batch: configuration.optimizer.batch, seed: configuration.seed, threads: threads)
  }
}
