/// The mean of a distribution and its variance, averaged over the axes.
public struct Moments: Sendable, Equatable {
  /// The mean, `[dimension]`.
  public var mean: [Double]
  /// The mean over the axes of the variance along each.
  public var variance: Double

  public init(mean: [Double], variance: Double) {
    self.mean = mean
    self.variance = variance
  }

  /// The moments of a mixture: `Var = E[within] + Var[centres]`, axis by axis.
  ///
  /// - Parameter parts: At least one, of one dimension; positive weights that need not sum to one.
  init(mixing parts: some Sequence<(weight: Double, moments: Moments)>) {
    var total = 0.0
    var mean: [Double] = []
    for (weight, moments) in parts {
      if mean.isEmpty { mean = Array(repeating: 0, count: moments.mean.count) }
      total += weight
      for axis in mean.indices { mean[axis] += weight * moments.mean[axis] }
    }
    for axis in mean.indices { mean[axis] /= total }
    var variance = 0.0
    for (weight, moments) in parts {
      var square = 0.0
      for axis in mean.indices {
        let distance = moments.mean[axis] - mean[axis]
        square += distance * distance
      }
      variance += weight / total * (moments.variance + square / Double(mean.count))
    }
    self.init(mean: mean, variance: variance)
  }
}

/// The covariance matrix of a mixture, `E[within] + Cov[centres]`, part by part.
struct CovarianceMixing {
  private var total = 0.0
  private var mean: [Double]
  // sum_k w_k (C_k + (m_k - m)(m_k - m)^T) about the mean so far, [dimension][dimension].
  private var sums: [[Double]]

  init(dimension: Int) {
    mean = Array(repeating: 0, count: dimension)
    sums = Array(repeating: mean, count: dimension)
  }

  /// Adds a part of a positive weight, its mean and its covariance.
  ///
  /// Source: West 1979, Communications of the ACM 22, for the update about a moving mean.
  mutating func add(_ weight: Double, mean part: [Double], covariance: (Int, Int) -> Double) {
    let before = total
    total += weight
    let gap = zip(part, mean).map { $0 - $1 }
    for i in mean.indices {
      for j in mean.indices {
        sums[i][j] += weight * covariance(i, j) + weight * before / total * gap[i] * gap[j]
      }
    }
    for axis in mean.indices { mean[axis] += weight / total * gap[axis] }
  }

  var covariance: [[Double]] { sums.map { $0.map { $0 / total } } }
}
