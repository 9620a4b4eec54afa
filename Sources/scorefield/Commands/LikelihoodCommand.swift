import ArgumentParser
import CTerminalGuard
import CommandLineTool
import Glibc
import ScoreCore
import ScoreLab

/// `scorefield likelihood CONFIG --points FILE`: the log density of points under a score's flow.
struct LikelihoodCommand: ThreadedCommand {
  /// The most coordinates; a step takes `4 + 16 dimension` scores of every point.
  private static let largestDimension = 64

  static let configuration = CommandConfiguration(
    commandName: "likelihood",
    abstract: "Print the log density of points under a score, by the probability-flow ODE, as CSV.",
    discussion: """
      The score is that of a network, which is trained first, or with --exact the exact one. \
      Points \
      are taken to lie at the process's stop and are in the units of the distribution's axes, and \
      the log density is per unit of them, in nats. step_error is that of the steps, by comparison \
      with half as many: a fifteenth of the difference, as for a method of fourth order. exact is \
      the log density of the noisy distribution at the stop. The flow of \
      the exact score ends in the distribution at the horizon and not in the prior, so the two \
      differ by what signal is left there.

        scorefield likelihood my.yaml --points points.csv
        scorefield likelihood --exact --set distribution.kind=old_faithful --points geyser.csv
      """)

  @OptionGroup var options: ConfigurationOptions
  @OptionGroup var score: ScoreOptions

  @Option(help: "A CSV or npy file with one column a coordinate.")
  var points: String

  @Option(help: "Runge-Kutta steps of the flow, even in log SNR; an even number from 4 to 100000.")
  var flowSteps = 200

  func validate() throws {
    guard (4...100_000).contains(flowSteps) && flowSteps % 2 == 0 else {
      throw ValidationError("--flow-steps must be an even number from 4 to 100000.")
    }
  }

  var threads: Int { score.training.threads }

  func run() throws {
    let (configuration, weights) = try score.training.run(options)
    let data = DataFile()
    let distribution = try configuration.distribution.makeDistribution(dataSource: data)
    guard distribution.dimension <= Self.largestDimension else {
      throw ValidationError(
        "the flow is for up to \(Self.largestDimension) coordinates; this distribution has "
          + "\(distribution.dimension).")
    }
    let given = try data.points(points, of: distribution)
    let process = configuration.process.make()
    let stop = NoisyDistribution(
      distribution, level: process.level(at: process.stop), units: distribution.coordinates)
    sf_watch_interrupts()
    let followed = try score.makeScore(configuration, weights, distribution: distribution, data)
    let x = distribution.coordinates.modelCoordinates(given)
    var runs = [flowSteps, flowSteps / 2].map {
      LikelihoodStepper(process: process, score: followed, stepCount: $0, points: x)
    }
    try LikelihoodFlow.follow(&runs)
    let jacobian = distribution.coordinates.scale.reduce(0.0) { $0 + log(abs($1)) }
    let values = runs.compactMap { $0.logDensity?.map { $0 - jacobian } }
    try StandardOutput.print(
      CSVText.line(distribution.coordinates.names + ["log_density", "step_error", "exact"]))
    for (row, exact) in stop.logDensity(at: given).enumerated() {
      let error = abs(values[0][row] - values[1][row]) / 15
      guard values[0][row].isFinite && error.isFinite else {
        throw Failure.Failed(message: "the flow from point \(row + 1) leaves all bounds")
      }
      let cells = given.row(row) + [values[0][row], error, exact]
      try StandardOutput.print(cells.map { "\($0)" }.joined(separator: ","))
    }
  }
}
