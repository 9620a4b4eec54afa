import NumberFormatting
package import ScoreCore
package import ScoreLab

extension DataFile {
  /// Points of a file, which must have as many columns as the distribution has coordinates.
  package func points(_ file: String, of distribution: any KnownScoreDistribution) throws -> Points
  {
    let points = try table(file: file, columns: []).points
    guard points.dimension == distribution.dimension else {
      throw Failure.Usage(
        "the points have \(NumberText.counted(points.dimension, "column")), the distribution has "
          + "\(NumberText.counted(distribution.dimension, "coordinate")).")
    }
    return points
  }
}
