import ArgumentParser
import CommandLineTool
import Glibc
import ScoreCore
import ScoreLab

/// `scorefield sample CONFIG --output FILE`: trains, then writes samples.
struct SampleCommand: ThreadedCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Train, then write samples as CSV or npy.",
    discussion: """
      Samples are in the units of the distribution's axes (your own file's units for the kind \
      points); the names of the axes are the CSV header. An npy file holds float64, one row a \
      sample. Samples of a network that is given classes have a last column, class (in npy \
      its number). The resolved configuration goes to FILE.yaml. In a pipe and without \
      --output, CSV goes to standard output. Ctrl-C ends with status 130 and writes nothing.

        scorefield sample my.yaml --output samples.csv
        scorefield sample --weights run.safetensors --set sampler.steps=500 --output samples.csv
        scorefield sample --exact --count 100000 --set sampler.steps=500 --output exact.npy
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(help: "The file to write; its name ends in .csv or .npy.")
  var output: String?

  @Option(
    parsing: .unconditional,
    help: "Samples, 1 to 1000000; sampler.count of the configuration without it.")
  var count: Int?

  @OptionGroup var training: TrainingOptions

  @Flag var source = SampleTask.Source.average

  func validate() throws {
    if !source.isTrained {
      try training.refuseSteps(for: source.rawValue)
      try training.refuseWeights(for: source.rawValue)
    }
    if let count, !(1...1_000_000).contains(count) {
      throw ValidationError("--count must be from 1 to 1000000.")
    }
    if let output {
      guard SampleFile(path: output) != nil else {
        throw ValidationError("the name of --output must end in .csv or .npy.")
      }
    } else if isatty(STDOUT_FILENO) != 0 {
      throw ValidationError("give --output FILE.csv or FILE.npy, or send the output to a pipe.")
    }
  }

  var threads: Int { training.threads }

  func run() throws {
    let (run, weights) = try training.run(options)
    var configuration = run
    if let count { configuration.sampler.count = count }
    try SampleTask(
      configuration: configuration, source: source, weights: weights,
      trainingSteps: training.stepCount, threads: threads, output: output
    ).run()
  }
}

extension SampleTask.Source: EnumerableFlag {
  static func help(for value: Self) -> ArgumentHelp? {
    switch value {
    case .average: "Follow the score of the averaged weights."
    case .current: "Follow the score of the weights of the last step."
    case .exact: "Follow the exact score, without training."
    case .distribution: "Draw from the distribution itself, without a sampler."
    }
  }
}
