import Glibc

/// A distribution of m dimensions on a flat of a space of d, in a fixed random position.
///
/// With orthonormal rows U, `y_0 = U^T x_0`. Noise fills the other directions, so with the part
/// `y_perp` of y off the flat
/// ```
/// q'(y) = q(U y) N(y_perp; 0, sigma^2 I)   and   s'(y) = U^T s(U y) - y_perp / sigma^2
/// ```
/// and the Jacobian of the denoiser is that of the inner distribution on the flat, and 0 off it.
public struct EmbeddedDistribution: KnownScoreDistribution {
  public let distribution: any KnownScoreDistribution
  let rows: OrthonormalRows

  public var dimension: Int { rows.dimension }
  public var isSingular: Bool { rows.count < dimension || distribution.isSingular }
  private var rest: Double { Double(dimension - rows.count) }

  public var manifold: (any Manifold)? {
    distribution.manifold.map { EmbeddedManifold(manifold: $0, rows: rows) }
  }

  public var angularLaw: AngularLaw? {
    distribution.angularLaw.map {
      AngularLaw(
        concentration: $0.concentration, radius: $0.radius, plane: $0.plane.placed(by: rows))
    }
  }

  public var moments: Moments? {
    distribution.moments.map {
      Moments(
        mean: rows.point(components: $0.mean),
        variance: $0.variance * Double(rows.count) / Double(dimension))
    }
  }

  public var covariance: [[Double]]? {
    distribution.covariance.map { inner in
      // U^T C U, by the rows of C, which is symmetric.
      let once = inner.map { rows.point(components: $0) }
      return (0..<dimension).map { i in rows.point(components: once.map { $0[i] }) }
    }
  }

  /// Places a distribution in a space.
  ///
  /// - Parameters:
  ///   - distribution: The distribution of `x_0`.
  ///   - dimension: Of the space, at least that of the distribution.
  ///   - seed: Names the position.
  public init(_ distribution: any KnownScoreDistribution, dimension: Int, seed: Int) {
    self.distribution = distribution
    rows = OrthonormalRows(count: distribution.dimension, dimension: dimension, seed: seed)
  }

  /// A distribution in the space that parameters name, and as it is where that is its own.
  static func embedding(
    _ distribution: any KnownScoreDistribution, _ parameters: CatalogParameters
  ) throws(ParameterError) -> any KnownScoreDistribution {
    let dimension = parameters.integer("dimension")
    guard dimension >= distribution.dimension else {
      throw ParameterError(
        path: ["dimension"], message: "expected at least \(distribution.dimension)")
    }
    return dimension == distribution.dimension
      ? distribution
      : EmbeddedDistribution(distribution, dimension: dimension, seed: parameters.integer("seed"))
  }

  public func sample(count: Int, using stream: inout RandomStream) -> Points {
    rows.points(components: distribution.sample(count: count, using: &stream))
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
    precondition(level.sigma > 0 || !isSingular, "A flat has no density without noise.")
    let inner = rows.components(of: x)
    let found = distribution.logDensityAndScore(at: inner, level: level)
    guard rest > 0 else { return (found.logDensity, rows.points(components: found.score)) }
    let precision = 1 / (level.sigma * level.sigma)
    var score = rows.points(components: found.score)
    let flat = rows.points(components: inner)
    let volume = rest / 2 * log(2 * Double.pi / precision)
    let logDensity = (0..<x.count).map { row in
      var square = 0.0
      for axis in 0..<dimension {
        let off = x[row, axis] - flat[row, axis]
        square += off * off
        score[row, axis] -= off * precision
      }
      return found.logDensity[row] - square * precision / 2 - volume
    }
    return (logDensity, score)
  }

  public func fisherInformation(at level: NoiseLevel) -> Double? {
    guard level.sigma > 0 || rest == 0 else { return nil }
    return distribution.fisherInformation(at: level).map {
      $0 + (rest == 0 ? 0 : rest / (level.sigma * level.sigma))
    }
  }

  public func denoiserJacobian(at x: Points, level: NoiseLevel) -> PointMatrices? {
    let inner = PointMatrices(
      denoiserOf: distribution, at: rows.components(of: x), level: level)
    return PointMatrices(at: x) { _, row in
      let once = (0..<rows.count).map { i in
        rows.point(components: (0..<rows.count).map { inner[row, i, $0] })
      }
      let columns = (0..<dimension).map { j in rows.point(components: once.map { $0[j] }) }
      return (0..<dimension).flatMap { i in columns.map { $0[i] } }
    }
  }
}

extension DistributionCatalog.Entry {
  static let embedded = DistributionCatalog.Entry(
    name: "embedded",
    summary: "a distribution on a flat of a space of more dimensions, in a random position",
    source: "closed form: noise fills the other directions",
    parameters: [
      .distribution,
      ParameterDescription(
        "dimension", "ambient dimension, at least that of the distribution",
        .integer(default: 8, range: 1...784)),
      .geometrySeed,
    ],
    make: { parameters, source in
      try EmbeddedDistribution.embedding(
        DistributionCatalog.distribution("base", in: parameters, reading: source), parameters)
    })
}
