/// The mean of a law and its variance, averaged over the axes.
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
