import ArgumentParser
import CommandLineTool
import ScoreCore
import ScoreLab

/// Which score a command follows and how a learned one is trained; shared by those that follow one.
struct ScoreOptions: ParsableArguments {
  /// What the score is.
  enum Source: String, EnumerableFlag {
    case average, current, exact

    static func help(for value: Source) -> ArgumentHelp? {
      switch value {
      case .average: "Follow the score of the averaged weights."
      case .current: "Follow the score of the weights of the last step."
      case .exact: "Follow the exact score, without training."
      }
    }
  }

  @OptionGroup var training: TrainingOptions

  @Flag var source = Source.average

  func validate() throws {
    guard source == .exact else { return }
    try training.refuseSteps(for: source.rawValue)
    try training.refuseWeights(for: source.rawValue)
  }

  /// Makes the score, which for a learned one is the whole of its training.
  ///
  /// - Parameters:
  ///   - configuration: The run, with its seed.
  ///   - weights: The weights that it has; nil to train.
  ///   - distribution: Its distribution.
  ///   - data: Where files are read from.
  /// - Returns: The score in model coordinates.
  /// - Throws: What is wrong with the distribution, a divergence, or the exit status of an
  ///   interrupt.
  func makeScore(
    _ configuration: RunConfiguration, _ weights: WeightsFile?,
    distribution: any KnownScoreDistribution, _ data: DataFile
  ) throws -> any ScoreFunction {
    guard source != .exact else { return ExactScore(distribution) }
    var learned = try training.learnedScore(configuration, weights, data)
    return try learned.make(isCurrent: source == .current)
  }
}
