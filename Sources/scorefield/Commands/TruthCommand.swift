import ArgumentParser
import CommandLineTool
import ScoreCore
import ScoreLab

/// `scorefield truth CONFIG --time T --points FILE`: exact values for other people's code.
struct TruthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "truth",
    abstract: "Print the exact log density and score at each point, as CSV.",
    discussion: """
      Points, log density and score are in the units of the distribution's axes (your own file's \
      units for the kind points). At time 0 the values are those of the distribution itself. \
      A point so far from the distribution that its values are no numbers in double precision is \
      an error.
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(parsing: .unconditional, help: "The time of the forward process, from 0 to its horizon.")
  var time: Double

  @Option(help: "A CSV or npy file with one column a coordinate.")
  var points: String

  func run() throws {
    let configuration = try options.load()
    let source = DataFile()
    let distribution = try configuration.distribution.makeDistribution(dataSource: source)
    let noisy = NoisyDistribution(
      distribution, level: try configuration.level(atTime: time), units: distribution.coordinates)
    guard noisy.hasDensity else {
      throw ValidationError("this distribution has no density without noise; take --time above 0.")
    }
    let table = try source.points(points, of: distribution)
    let truth = TruthTable(distribution: noisy, points: table)
    if let row = truth.brokenRow {
      throw DataFileError(
        file: points,
        message:
          "point \(row + 1) of \(table.count) is too far from the distribution for double precision"
      )
    }
    try StandardOutput.print(truth.csv)
  }
}
