package import ScoreCore
package import ScoreLab

/// A score that a command follows: it is trained, or its weights are read from a file.
package struct LearnedScore {
  /// The distribution of the run, with its exact score.
  package let distribution: any KnownScoreDistribution
  private var source: Source
  private let threads: Int

  private enum Source {
    case training(Session, steps: Int)
    case weights(WeightsFile)
  }

  /// Prepares a score; nothing is trained yet.
  ///
  /// - Parameters:
  ///   - configuration: The run, with its seed.
  ///   - weights: Weights that it has; nil to train.
  ///   - steps: Training steps, where it is trained.
  ///   - threads: How many threads may work.
  ///   - data: Where files are read from.
  /// - Throws: What is wrong with the distribution, or with data that are not those of the weights.
  package init(
    _ configuration: RunConfiguration, weights: WeightsFile?, steps: Int, threads: Int,
    data: DataFile
  ) throws {
    self.threads = threads
    if let weights {
      distribution = try configuration.distribution.makeDistribution(dataSource: data)
      // The network sees coordinates in which the data that it learned were centred and scaled.
      guard distribution.coordinates == weights.frame else {
        throw Failure.Usage(
          "the data of these weights have other columns, means or deviations now; take the file "
            + "that they were trained on.")
      }
      try ClassSampling.check(configuration, distribution)
      source = .weights(weights)
    } else {
      let session = try Session(configuration: configuration, dataSource: data, threads: threads)
      distribution = session.distribution
      source = .training(session, steps: steps)
    }
  }

  /// Trains if need be.
  ///
  /// - Parameter isCurrent: Whether the weights of the last step are meant, not their average.
  /// - Returns: The score in model coordinates.
  /// - Throws: A divergence, or the exit status of an interrupt.
  package mutating func make(isCurrent: Bool) throws -> NetworkScore {
    switch source {
    case .weights(let weights): return weights.score(isCurrent: isCurrent, threads: threads)
    case .training(var session, let steps):
      let score = try QuietTraining.score(of: &session, steps: steps, isCurrent: isCurrent)
      source = .training(session, steps: steps)
      return score
    }
  }
}
