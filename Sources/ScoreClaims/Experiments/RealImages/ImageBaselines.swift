import ScoreCore
import ScoreLab

extension ImageSplit {
  /// The one Gaussian with mean and covariance of the smoothed training part.
  var trainingGaussian: GaussianMixture {
    let (count, dimension) = (training.count, training.dimension)
    let mean = Self.mean(of: training)
    var covariance = Array(repeating: Array(repeating: 0.0, count: dimension), count: dimension)
    for row in 0..<count {
      let gap = (0..<dimension).map { training[row, $0] - mean[$0] }
      for i in 0..<dimension {
        for j in 0...i { covariance[i][j] += gap[i] * gap[j] / Double(count) }
      }
    }
    for i in 0..<dimension {
      covariance[i][i] += bandwidth * bandwidth
      for j in 0..<i { covariance[j][i] = covariance[i][j] }
    }
    return GaussianMixture([.init(mean: mean, spread: .full(covariance))])
  }

  /// The distance of the means of the two parts.
  ///
  /// Where noise covers everything else, sigma times the scores of the two distributions differ by
  /// this over the level sigma / alpha. That is the floor of what can be learned of one part from
  /// the other.
  var meanDistance: Double {
    zip(Self.mean(of: training), Self.mean(of: heldOut))
      .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  private static func mean(of points: Points) -> [Double] {
    (0..<points.dimension).map { points.column($0).reduce(0, +) / Double(points.count) }
  }
}
