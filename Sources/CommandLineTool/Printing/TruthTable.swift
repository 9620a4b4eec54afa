package import ScoreCore
import ScoreLab

/// Exact values at points, in the user's units.
package struct TruthTable {
  package let distribution: NoisyDistribution
  package let points: Points
  private let logDensity: [Double]
  private let score: Points

  package init(distribution: NoisyDistribution, points: Points) {
    self.distribution = distribution
    self.points = points
    logDensity = distribution.logDensity(at: points)
    score = distribution.score(at: points)
  }

  /// The first point whose values overflowed; nil if all are good.
  ///
  /// With noise there is mass everywhere, and without it a place that has none has the log density
  /// -inf and still a score.
  package var brokenRow: Int? {
    (0..<points.count).first { row in
      let isGood =
        logDensity[row].isFinite || (distribution.level == .clean && logDensity[row] == -.infinity)
      return !isGood || !score.row(row).allSatisfy(\.isFinite)
    }
  }

  package var csv: String {
    let names = distribution.units.names
    var lines = [CSVText.line(names + ["log_density"] + names.map { "score_\($0)" })]
    for row in 0..<points.count {
      let values = points.row(row) + [logDensity[row]] + score.row(row)
      lines.append(values.map { "\($0)" }.joined(separator: ","))
    }
    return lines.joined(separator: "\n")
  }
}
