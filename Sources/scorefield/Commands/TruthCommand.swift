import ArgumentParser
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

  @Option(help: "The time of the forward process, from 0 to its horizon.")
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

/// Exact values at points, in the user's units.
private struct TruthTable {
  let distribution: NoisyDistribution
  let points: Points
  private let logDensity: [Double]
  private let score: Points

  init(distribution: NoisyDistribution, points: Points) {
    self.distribution = distribution
    self.points = points
    logDensity = distribution.logDensity(at: points)
    score = distribution.score(at: points)
  }

  /// The first point whose values overflowed; nil if all are good.
  ///
  /// With noise there is mass everywhere, and without it a place that has none has the log density
  /// -inf and still a score.
  var brokenRow: Int? {
    (0..<points.count).first { row in
      let isGood =
        logDensity[row].isFinite || (distribution.level == .clean && logDensity[row] == -.infinity)
      return !isGood || !score.row(row).allSatisfy(\.isFinite)
    }
  }

  var csv: String {
    let names = distribution.units.names
    var lines = [CSVText.line(names + ["log_density"] + names.map { "score_\($0)" })]
    for row in 0..<points.count {
      let values = points.row(row) + [logDensity[row]] + score.row(row)
      lines.append(values.map { "\($0)" }.joined(separator: ","))
    }
    return lines.joined(separator: "\n")
  }
}
