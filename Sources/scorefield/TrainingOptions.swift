import ArgumentParser
import CommandLineTool
import ScoreCore
import ScoreLab

/// How a score is trained; shared by the commands that train one for something else.
struct TrainingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional, help: "Training steps. (default: \(QuietTraining.standardSteps))")
  var steps: Int?

  @Option(
    parsing: .unconditional,
    help: "Seed of every random choice; that of the configuration without it.")
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Take weights that `scorefield train --save-weights` wrote, with their configuration, and do "
        + "not train.", valueName: "file.safetensors"))
  var weights: String?

  @OptionGroup private var threading: ThreadOptions

  var threads: Int { threading.threads }
  var stepCount: Int { steps ?? QuietTraining.standardSteps }

  func validate() throws {
    if let steps, steps < 1 { throw ValidationError("--steps must be at least 1.") }
    if weights != nil { try refuseSteps(for: "weights") }
  }

  /// Refuses weights next to a source that takes none.
  func refuseWeights(for source: String) throws {
    guard weights == nil else {
      throw ValidationError("--weights and --\(source) exclude one another.")
    }
  }

  /// Refuses a number of steps next to a source that takes none.
  func refuseSteps(for source: String) throws {
    guard steps == nil else {
      throw ValidationError("--steps counts training steps; --\(source) takes none.")
    }
  }

  /// The run that is asked for, with its seed, and the weights that it has.
  ///
  /// - Parameter options: Where the configuration comes from; with weights single keys alone.
  /// - Returns: Nil for the weights of a run that is trained first.
  /// - Throws: What is wrong with the configuration or the weights.
  func run(_ options: ConfigurationOptions) throws -> (RunConfiguration, WeightsFile?) {
    var (configuration, file) = (RunConfiguration(), WeightsFile?.none)
    if let weights {
      guard options.config == nil, options.data == nil, options.columns == nil else {
        throw ValidationError("--weights has its configuration; leave out CONFIG and --data.")
      }
      let read = try WeightsFile.read(weights)
      configuration = try read.configuration.setting(options.set)
      guard !configuration.requiresRestart(comparedTo: read.configuration) else {
        throw ValidationError(
          "--set changes what the weights were trained for; next to --weights it takes keys of the "
            + "sampler and the probe.")
      }
      file = read
    } else {
      configuration = try options.load()
    }
    if let seed { configuration.seed = seed }
    return (configuration, file)
  }

  /// The score of a run that is asked for, not yet trained.
  func learnedScore(
    _ configuration: RunConfiguration, _ weights: WeightsFile?, _ data: DataFile
  ) throws -> LearnedScore {
    try LearnedScore(
      configuration, weights: weights, steps: stepCount, threads: threads, data: data)
  }
}
