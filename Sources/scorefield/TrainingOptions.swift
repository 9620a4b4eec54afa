import ArgumentParser
import CommandLineTool
import ScoreCore
import ScoreLab

/// How a score is trained; shared by the commands that train one for something else.
struct TrainingOptions: ParsableArguments {
  @Option(help: "Training steps. (default: \(QuietTraining.standardSteps))")
  var steps: Int?

  @Option(help: "Seed of every random choice; that of the configuration without it.")
  var seed: UInt64?

  @OptionGroup private var threading: ThreadOptions

  var threads: Int { threading.threads }
  var stepCount: Int { steps ?? QuietTraining.standardSteps }

  func validate() throws {
    if let steps, steps < 1 { throw ValidationError("--steps must be at least 1.") }
  }

  /// Refuses a number of steps next to a source that takes none.
  func refuseSteps(for source: String) throws {
    guard steps == nil else {
      throw ValidationError("--steps counts training steps; --\(source) takes none.")
    }
  }

  /// The configuration with the seed that was asked for.
  func seeded(_ configuration: RunConfiguration) -> RunConfiguration {
    var configuration = configuration
    if let seed { configuration.seed = seed }
    return configuration
  }

  /// A session of the configuration, not yet trained.
  func session(_ configuration: RunConfiguration, _ data: DataFile) throws -> Session {
    try Session(configuration: configuration, dataSource: data, threads: threads)
  }

  /// Trains, and returns the score of the averaged weights or of those of the last step.
  ///
  /// - Throws: A divergence, or the exit status of an interrupt.
  func trainedScore(of session: inout Session, isCurrent: Bool) throws -> NetworkScore {
    try QuietTraining.score(of: &session, steps: stepCount, isCurrent: isCurrent)
  }
}
