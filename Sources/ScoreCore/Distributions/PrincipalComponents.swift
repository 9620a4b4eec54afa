/// The directions along which a distribution varies most, by its covariance before noise.
///
/// Directions are in model coordinates, so those of data are of the scaled columns. Where directions
/// vary alike, which of them come first is arbitrary, and the same every time.
///
/// Source: Pearson 1901, *On lines and planes of closest fit to systems of points in space*.
public struct PrincipalComponents: Sendable, Equatable {
  /// The most points that a covariance is estimated from.
  private static let drawLimit = 2048
  /// The most axes whose exact covariance is asked for: of many parts it costs minutes beyond.
  private static let exactLimit = 64

  /// The mean of the distribution, `[dimension]`.
  public let mean: [Double]
  /// Orthogonal unit vectors, of the largest variance first, `[count][dimension]`; the largest entry
  /// of each is positive.
  public let directions: [[Double]]
  /// The share of the whole variance along each, `[count]`, from 0 to 1; 0 where nothing varies.
  public let shares: [Double]

  /// Finds them from the exact covariance where it is known and there are at most 64 axes, and else
  /// from 2,048 drawn points.
  ///
  /// - Parameters:
  ///   - distribution: The distribution.
  ///   - count: How many directions are wanted, 1 to the dimension.
  ///   - seed: The seed of the points.
  public init(of distribution: any KnownScoreDistribution, count: Int, seed: UInt64) {
    precondition((1...distribution.dimension).contains(count), "There are as many as axes.")
    if distribution.dimension <= Self.exactLimit, let covariance = distribution.covariance,
      let moments = distribution.moments
    {
      self.init(mean: moments.mean, covariance: covariance, count: count)
      return
    }
    var stream = RandomStream(seed: seed, purpose: .principalComponents)
    let drawn = FrechetDistance.Moments(
      distribution.sample(count: Self.drawLimit, using: &stream))
    self.init(mean: drawn.mean, covariance: drawn.covariance, count: count)
  }

  private init(mean: [Double], covariance: [[Double]], count: Int) {
    let (eigen, dimension) = (SymmetricEigen(covariance), mean.count)
    let total = eigen.values.reduce(0) { $0 + max(0, $1) }
    // Eigenvalues come in ascending order.
    let largest = (0..<count).map { dimension - 1 - $0 }
    self.mean = mean
    shares = largest.map { total > 0 ? max(0, eigen.values[$0]) / total : 0 }
    directions = largest.map { row in
      let vector = Array(eigen.vectors[row * dimension..<(row + 1) * dimension])
      let lead = vector.max { abs($0) < abs($1) } ?? 1
      return lead < 0 ? vector.map { -$0 } : vector
    }
  }

  /// The coordinate of a point along a direction, from the mean.
  ///
  /// - Parameters:
  ///   - index: Which direction.
  ///   - point: In model coordinates, `[dimension]`.
  /// - Returns: The coordinate in model units.
  public func coordinate(_ index: Int, of point: some Sequence<Double>) -> Double {
    var sum = 0.0
    for (axis, value) in point.enumerated() {
      sum += directions[index][axis] * (value - mean[axis])
    }
    return sum
  }
}
