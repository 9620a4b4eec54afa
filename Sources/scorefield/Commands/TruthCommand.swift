import ArgumentParser
import Glibc
import ScoreCore
import ScoreLab

/// `scorefield truth CONFIG --time T --points FILE`: exact values for other people's code.
struct TruthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "truth",
    abstract: "Print the exact log density and score at each point, as CSV.",
    discussion: """
      Points, log density and score are in the units of the distribution's axes (your own file's \
      units for the kind points). At time 0 the values are those of the law itself.
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(help: "The time of the forward process, from 0 to its horizon.")
  var time: Double

  @Option(help: "A CSV or npy file with one column a coordinate.")
  var points: String

  func run() throws {
    let configuration = try options.load()
    let source = DataFile()
    let law = try configuration.distribution.makeLaw(dataSource: source)
    let process = configuration.process.make()
    guard time >= 0 && time <= process.horizon else {
      throw ValidationError("--time must be from 0 to the horizon \(process.horizon).")
    }
    guard !law.isSingular || process.level(at: time).sigma > 0 else {
      throw ValidationError("this distribution has no density without noise; take --time above 0.")
    }
    let table = try source.table(file: points, columns: [])
    guard table.points.dimension == law.dimension else {
      throw ValidationError(
        "the points have \(table.points.dimension) columns, the distribution has "
          + "\(law.dimension) coordinates.")
    }
    // Some processes have noise from the start; the law itself has none.
    let level = time == 0 ? NoiseLevel.clean : process.level(at: time)
    print(TruthTable(law: law, level: level, points: table.points).csv)
  }
}

/// Exact values at points, in the user's units.
private struct TruthTable {
  let law: any KnownScoreDistribution
  let level: NoiseLevel
  let points: Points

  var csv: String {
    let frame = law.coordinates
    var model = points
    for row in 0..<points.count {
      for axis in 0..<points.dimension {
        model[row, axis] = (points[row, axis] - frame.offset[axis]) / frame.scale[axis]
      }
    }
    // A density per user unit is smaller by the scales; a gradient by its own scale.
    let jacobian = frame.scale.reduce(0.0) { $0 + log($1) }
    let logDensity = law.logDensity(at: model, level: level)
    let score = law.score(at: model, level: level)
    let header = frame.names + ["log_density"] + frame.names.map { "score_\($0)" }
    var lines = [CSVText.line(header)]
    for row in 0..<points.count {
      let values =
        points.row(row) + [logDensity[row] - jacobian]
        + (0..<points.dimension).map { score[row, $0] / frame.scale[$0] }
      lines.append(values.map { "\($0)" }.joined(separator: ","))
    }
    return lines.joined(separator: "\n")
  }
}
