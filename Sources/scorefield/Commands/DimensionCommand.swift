import ArgumentParser
import CTerminalGuard
import CommandLineTool
import ScoreCore
import ScoreLab

/// `scorefield dimension CONFIG`: the intrinsic dimension that a score shows at each noise level.
struct DimensionCommand: ThreadedCommand {
  static let configuration = CommandConfiguration(
    commandName: "dimension",
    abstract: "Print the intrinsic dimension read off a score at each noise level, as CSV.",
    discussion: """
      The score is that of a network, which is trained first, or with --exact the exact one. At a \
      level, d - sigma^2 E||s||^2 tends to the dimension of the set that the data lie on as sigma \
      vanishes. Read it where sigma is small against the shape of the set and large against the \
      distances of the training points. It falls to 0 where noise is far wider than the data, and \
      may lie below 0 for a wrong score. low and high are the ends of the 95% interval over \
      points: fresh draws of the distribution with fresh noise, the same clean points at every \
      level. Levels are even in log SNR from the stop to the horizon.

        scorefield dimension --exact --set distribution.kind=linear_subspace
      """)

  @OptionGroup var options: ConfigurationOptions
  @OptionGroup var score: ScoreOptions

  @Option(help: "Points of each mean, 100 to 1000000.")
  var count = 4096

  @Option(help: "Noise levels, 2 to 1000.")
  var levels = 12

  func validate() throws {
    guard (100...1_000_000).contains(count) else {
      throw ValidationError("--count must be from 100 to 1000000.")
    }
    guard (2...1000).contains(levels) else {
      throw ValidationError("--levels must be from 2 to 1000.")
    }
  }

  var threads: Int { score.training.threads }

  func run() throws {
    let (configuration, weights) = try score.training.run(options)
    let data = DataFile()
    let distribution = try configuration.distribution.makeDistribution(dataSource: data)
    sf_watch_interrupts()
    let followed = try score.makeScore(configuration, weights, distribution: distribution, data)
    let process = configuration.process.make()
    let times = LogSNRGrid().times(stepCount: levels - 1, process: process).reversed()
    let sweep = DimensionSweep(distribution, count: count, seed: configuration.seed)
    try StandardOutput.print("time,alpha,sigma,dimension,standard_error,low,high")
    for (index, time) in times.enumerated() {
      let level = process.level(at: time)
      let found = sweep.estimate(followed, level: level, index: index)
      let interval = found.interval
      let cells = [
        time, level.alpha, level.sigma, found.value, found.standardError, interval.lowerBound,
        interval.upperBound,
      ]
      try StandardOutput.print(cells.map { "\($0)" }.joined(separator: ","))
      guard sf_interrupted() == 0 else { throw ExitCode(130) }
    }
  }
}
