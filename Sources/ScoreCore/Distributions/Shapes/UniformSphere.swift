import Glibc

/// The uniform distribution on the sphere of a radius, of k dimensions in a space of `m = k + 1`.
///
/// With `R = alpha radius`, `r = ||x||` and `z = R r / sigma^2` the integral over the sphere is a
/// Bessel function, and with `A = I_(m/2) / I_(m/2-1)`
/// ```
/// q(x) = (2 pi sigma^2)^(-m/2) exp(-(r - R)^2 / 2 sigma^2) E exp(z (u_1 - 1))
/// s(x) = (R A(z) / r - 1) x / sigma^2
/// ```
/// The denoiser turns no point, so its Jacobian by `x / alpha` has the eigenvalue `R A(z) / r` k
/// times along the sphere, and `(R / sigma)^2 A'(z)` across it, near `k sigma^2 / (2 r^2)` at small
/// noise.
///
/// Source: Mardia and Jupp 2000, Directional Statistics, 9.3 (the integral over the sphere).
public struct UniformSphere: KnownScoreDistribution {
  /// The radius, positive.
  public let radius: Double
  public let dimension: Int

  public let isSingular = true
  public var manifold: (any Manifold)? { SphereManifold(dimension: dimension, radius: radius) }

  public var moments: Moments? {
    Moments(
      mean: Array(repeating: 0, count: dimension), variance: radius * radius / Double(dimension))
  }

  public var covariance: [[Double]]? {
    (0..<dimension).map { i in
      (0..<dimension).map { $0 == i ? radius * radius / Double(dimension) : 0 }
    }
  }

  /// Creates the distribution.
  ///
  /// - Parameters:
  ///   - intrinsic: The dimension k of the sphere, at least 1.
  ///   - radius: Positive.
  public init(intrinsic: Int, radius: Double) {
    precondition(intrinsic >= 1 && radius > 0, "A sphere has a dimension and a size.")
    dimension = intrinsic + 1
    self.radius = radius
  }

  public func sample(count: Int, using stream: inout RandomStream) -> Points {
    var points = stream.normals(count: count, dimension: dimension)
    for (row, square) in points.squaredNorms().enumerated() {
      for axis in 0..<dimension { points[row, axis] *= radius / square.squareRoot() }
    }
    return points
  }

  public func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    logDensityAndScore(at: x, level: level).logDensity
  }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    logDensityAndScore(at: x, level: level).score
  }

  public func logDensityAndScore(
    at x: Points, level: NoiseLevel
  ) -> (logDensity: [Double], score: Points) {
    precondition(x.dimension == dimension, "Points and distribution differ in dimension.")
    precondition(level.sigma > 0, "A sphere has no density without noise.")
    let (R, variance) = (level.alpha * radius, level.sigma * level.sigma)
    let constant = Double(dimension) / 2 * log(2 * Double.pi * variance)
    return RowShards.evaluate(x, costPerRow: 1000 + 10 * dimension) { rows in
      var (logDensity, score): ([Double], [Double]) = ([], [])
      for row in rows {
        let point = x.row(row)
        let r = point.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let pull = shrink(r, level)
        logDensity.append(
          -(r - R) * (r - R) / (2 * variance) - constant
            + ModifiedBessel.logSphereMean(R * r / variance, space: dimension))
        score += point.map { (pull * $0 - $0) / variance }
      }
      return (logDensity, score)
    }
  }

  /// `R A(z) / r`: by how much the denoiser scales a point.
  private func shrink(_ r: Double, _ level: NoiseLevel) -> Double {
    let (R, variance) = (level.alpha * radius, level.sigma * level.sigma)
    guard r > 0 else { return R * R / (variance * Double(dimension)) }
    return R * ModifiedBessel.ratio(R * r / variance, space: dimension) / r
  }

  public func denoiserJacobian(at x: Points, level: NoiseLevel) -> PointMatrices? {
    let (R, variance) = (level.alpha * radius, level.sigma * level.sigma)
    return PointMatrices(at: x) { point in
      let r = point.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let along = shrink(r, level)
      let across =
        R * R / variance * ModifiedBessel.ratioSlope(R * r / variance, space: dimension)
      return (0..<dimension).flatMap { i in
        (0..<dimension).map { j in
          let share = r > 0 ? point[i] / r * (point[j] / r) : 0
          return (i == j ? along : 0) + (across - along) * share
        }
      }
    }
  }
}

extension DistributionCatalog.Entry {
  static let sphere = DistributionCatalog.Entry(
    name: "sphere",
    summary: "uniform on a sphere of k dimensions, in any position in d dimensions",
    source: "closed form with Bessel functions; Mardia and Jupp 2000, Directional Statistics",
    parameters: [
      ParameterDescription(
        "intrinsic", "dimension k of the sphere; 1 is the uniform circle",
        .integer(default: 2, range: 1...783)),
      ParameterDescription("radius", "of the sphere", .number(default: 1, range: 0.001...1000)),
      ParameterDescription(
        "dimension", "ambient dimension d, above k", .integer(default: 3, range: 2...784)),
      .geometrySeed,
    ],
    make: { parameters, _ in
      try EmbeddedDistribution.embedding(
        UniformSphere(
          intrinsic: parameters.integer("intrinsic"), radius: parameters.number("radius")),
        parameters)
    })
}
