import ArgumentParser
import CTerminalGuard
import CommandLineTool
import ScoreCore
import ScoreLab

/// `scorefield score CONFIG --time T --points FILE`: the learned score for other people's code.
struct ScoreCommand: ThreadedCommand {
  /// Which weights are asked.
  enum Weights: String, EnumerableFlag {
    case average, current

    static func help(for value: Weights) -> ArgumentHelp? {
      switch value {
      case .average: "The score of the averaged weights."
      case .current: "The score of the weights of the last step."
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Train, then print the learned score at each point, as CSV.",
    discussion: """
      Points and score are in the units of the distribution's axes, as those of `scorefield \
      truth`, \
      which prints the exact score at the same points. With several times every point is asked at \
      each. The same configuration and steps give the same numbers, whatever the threads.

        scorefield score my.yaml --steps 5000 --time 0.1 --time 1 --points points.csv
        scorefield score --weights run.safetensors --time 0.1 --points points.csv
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(
    name: .long, parsing: .singleValue,
    help: "A time of the forward process, above 0 to its horizon; may be repeated.")
  var time: [Double]

  @Option(help: "A CSV or npy file with one column a coordinate.")
  var points: String

  @OptionGroup var training: TrainingOptions

  @Flag var asked = Weights.average

  func validate() throws {
    guard time.allSatisfy({ $0 > 0 }) else {
      throw ValidationError("a network's score needs noise; take --time above 0.")
    }
  }

  var threads: Int { training.threads }

  func run() throws {
    let (configuration, weights) = try training.run(options)
    let source = DataFile()
    let levels = try time.map { (time: $0, level: try configuration.level(atTime: $0)) }
    var learned = try training.learnedScore(configuration, weights, source)
    let places = try source.points(points, of: learned.distribution)
    sf_watch_interrupts()
    let score = try learned.make(isCurrent: asked == .current)
    let units = learned.distribution.coordinates
    try StandardOutput.print(
      CSVText.line(["time"] + units.names + units.names.map { "score_\($0)" }))
    for (time, level) in levels {
      let values = score.score(at: units.modelCoordinates(places), level: level)
      try printRows(of: places, units.userScore(values), time: time)
    }
  }

  private func printRows(of asked: Points, _ score: Points, time: Double) throws {
    for row in 0..<asked.count {
      let values = score.row(row)
      guard values.allSatisfy(\.isFinite) else {
        throw Failure.Failed(
          message: "the score at point \(row + 1) of \(asked.count) and time \(time) is no number")
      }
      try StandardOutput.print(
        ([time] + asked.row(row) + values).map { "\($0)" }.joined(separator: ","))
    }
  }
}
