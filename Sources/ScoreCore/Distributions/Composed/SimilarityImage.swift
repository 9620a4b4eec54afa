import Glibc

/// The image of a distribution under a similarity: `y_0 = scale Q x_0 + shift`, Q orthogonal.
///
/// `alpha y_0 + sigma z = Q (alpha scale x_0 + sigma Q^T z) + alpha shift`, and `Q^T z` is standard
/// normal again. So with `u = Q^T (y - alpha shift)`
/// ```
/// q'(y) = q(u)   and   s'(y) = Q s(u)   at the level {alpha scale, sigma} of the inner distribution.
/// ```
/// For a general matrix A the noise would come back as `A^-1 z`, which is not isotropic, and the
/// inner distribution is not known under such noise; therefore only similarities are on offer.
///
/// The image has axes and units of its own: those of the inner distribution, which lead back to the
/// points before the map, would undo the map wherever points are shown or read.
public struct SimilarityImage: KnownScoreDistribution {
  public let distribution: any KnownScoreDistribution
  /// The factor, positive.
  public let scale: Double
  /// What is added at the end, `[dimension]`.
  public let shift: [Double]
  // The columns of Q, or nil for the identity.
  let rotation: OrthonormalRows?

  public var dimension: Int { distribution.dimension }
  public var isSingular: Bool { distribution.isSingular }

  public var manifold: (any Manifold)? {
    distribution.manifold.map {
      EmbeddedManifold(manifold: $0, rows: rotation, scale: scale, shift: shift)
    }
  }

  public var moments: Moments? {
    distribution.moments.map { inner in
      let turned = rotation?.point(components: inner.mean) ?? inner.mean
      return Moments(
        mean: zip(turned, shift).map { scale * $0 + $1 }, variance: scale * scale * inner.variance)
    }
  }

  public var covariance: [[Double]]? {
    distribution.covariance.map { inner in
      // Q C Q^T: the columns of Q C are the turned rows of C, which is symmetric.
      let once = inner.map { rotation?.point(components: $0) ?? $0 }
      return (0..<dimension).map { i in
        let column = once.map { $0[i] }
        return (rotation?.point(components: column) ?? column).map { scale * scale * $0 }
      }
    }
  }

  /// Creates an image.
  ///
  /// - Parameters:
  ///   - distribution: The distribution of `x_0`.
  ///   - scale: Positive.
  ///   - rotation: The columns of Q as rows, or nil for the identity.
  ///   - shift: One entry an axis.
  init(
    of distribution: any KnownScoreDistribution, scale: Double, rotation: OrthonormalRows? = nil,
    shift: [Double]
  ) {
    precondition(
      scale > 0 && shift.count == distribution.dimension,
      "A similarity of the distribution's space.")
    precondition(
      rotation.map { $0.count == distribution.dimension && $0.dimension == distribution.dimension }
        ?? true,
      "A rotation has as many directions as axes.")
    self.distribution = distribution
    self.scale = scale
    self.rotation = rotation
    self.shift = shift
  }

  private func turned(_ points: Points) -> Points {
    rotation?.points(components: points) ?? points
  }

  private func innerPoints(_ y: Points, _ level: NoiseLevel) -> Points {
    precondition(y.dimension == dimension, "Points and distribution differ in dimension.")
    var u = y
    for row in 0..<y.count {
      for axis in 0..<dimension { u[row, axis] -= level.alpha * shift[axis] }
    }
    return rotation?.components(of: u) ?? u
  }

  private func innerLevel(_ level: NoiseLevel) -> NoiseLevel {
    NoiseLevel(alpha: level.alpha * scale, sigma: level.sigma)
  }

  public func sample(count: Int, using stream: inout RandomStream) -> Points {
    var points = turned(distribution.sample(count: count, using: &stream))
    for row in 0..<count {
      for axis in 0..<dimension { points[row, axis] = scale * points[row, axis] + shift[axis] }
    }
    return points
  }

  public func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    distribution.logDensity(at: innerPoints(x, level), level: innerLevel(level))
  }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    turned(distribution.score(at: innerPoints(x, level), level: innerLevel(level)))
  }

  public func logDensityAndScore(
    at x: Points, level: NoiseLevel
  ) -> (logDensity: [Double], score: Points) {
    let inner = distribution.logDensityAndScore(at: innerPoints(x, level), level: innerLevel(level))
    return (inner.logDensity, turned(inner.score))
  }

  public func fisherInformation(at level: NoiseLevel) -> Double? {
    distribution.fisherInformation(at: innerLevel(level))
  }
}
