import ScoreCore
import ScoreLab

/// Scores that know nothing or little of a distribution, which an estimate must beat to mean
/// something.
enum BaselineScore {
  /// The score 0 everywhere.
  struct Zero: ScoreFunction {
    let dimension: Int

    func score(at x: Points, level: NoiseLevel) -> Points {
      Points(zeros: x.count, dimension: dimension)
    }
  }

  /// The draws that a covariance is found from.
  private static let drawCount = 20_000

  /// The score of the one Gaussian with the distribution's mean and covariance.
  ///
  /// On the line by the distribution's own moments where it has them, else from 20,000 draws.
  static func gaussian(
    of distribution: any KnownScoreDistribution, using stream: inout RandomStream
  ) -> any ScoreFunction {
    ExactScore(gaussianDistribution(of: distribution, using: &stream))
  }

  /// The Gaussian itself.
  static func gaussianDistribution(
    of distribution: any KnownScoreDistribution, using stream: inout RandomStream
  ) -> GaussianMixture {
    if distribution.dimension == 1, let moments = distribution.moments, moments.variance > 0 {
      return GaussianMixture([
        .init(mean: moments.mean, spread: .isotropic(moments.variance.squareRoot()))
      ])
    }
    let draws = distribution.sample(count: drawCount, using: &stream)
    let (n, d) = (Double(draws.count), distribution.dimension)
    let mean = (0..<d).map { draws.column($0).reduce(0, +) / n }
    var covariance = Array(repeating: Array(repeating: 0.0, count: d), count: d)
    for row in 0..<draws.count {
      for i in 0..<d {
        for j in 0...i {
          covariance[i][j] += (draws[row, i] - mean[i]) * (draws[row, j] - mean[j]) / n
        }
      }
    }
    for i in 0..<d {
      for j in 0..<i { covariance[j][i] = covariance[i][j] }
      // A distribution on a plane has no covariance to invert; its noisy distribution has.
      covariance[i][i] += 1e-9
    }
    return GaussianMixture([.init(mean: mean, spread: .full(covariance))])
  }

  /// The score of the one Gaussian with the mean of some points and their mean variance over axes.
  ///
  /// - Precondition: The points are not all the same.
  static func gaussian(fittedTo points: Points) -> any ScoreFunction {
    let (n, d) = (Double(points.count), points.dimension)
    let mean = (0..<d).map { points.column($0).reduce(0, +) / n }
    let squares = (0..<d).map { axis in
      points.column(axis).reduce(0) { $0 + ($1 - mean[axis]) * ($1 - mean[axis]) }
    }
    let variance = squares.reduce(0, +) / n / Double(d)
    return ExactScore(
      IsotropicMixture(means: Points(rows: [mean]), deviations: [variance.squareRoot()]))
  }

  /// The exact score of the noisy points themselves: what training without end on them tends to.
  static func memorizing(_ points: Points) -> any ScoreFunction {
    ExactScore(
      IsotropicMixture(means: points, deviations: Array(repeating: 0, count: points.count)))
  }
}
