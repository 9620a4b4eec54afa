/// A flat torus: two circles, each with a von Mises density, in two planes at right angles in R^4.
///
/// The torus in space, a circle carried round an axis, has no score in closed form. The flat one is
/// a product: noise acts on each plane by itself, so density and score are those of the circles, and
/// the Jacobian of the denoiser has their blocks.
public struct FlatTorus: KnownScoreDistribution {
  /// The circles, each in a plane of its own.
  public let circles: [VonMisesCircle]

  public var dimension: Int { 2 * circles.count }
  public let isSingular = true

  public var manifold: (any Manifold)? {
    ProductManifold(parts: circles.map { SphereManifold(dimension: 2, radius: $0.radius) })
  }

  public var moments: Moments? {
    let parts = circles.compactMap(\.moments)
    return Moments(
      mean: parts.flatMap(\.mean),
      variance: parts.reduce(0) { $0 + $1.variance } / Double(circles.count))
  }

  public var covariance: [[Double]]? {
    let parts = circles.compactMap(\.covariance)
    var matrix = Array(repeating: Array(repeating: 0.0, count: dimension), count: dimension)
    for (index, part) in parts.enumerated() {
      for (i, row) in part.enumerated() {
        for (j, value) in row.enumerated() { matrix[2 * index + i][2 * index + j] = value }
      }
    }
    return matrix
  }

  /// Creates the distribution.
  ///
  /// - Parameters:
  ///   - radii: Of the circles, positive; at least one.
  ///   - concentration: Of each about its angle 0, at least 0; 0 is the uniform distribution.
  public init(radii: [Double], concentration: Double = 0) {
    precondition(!radii.isEmpty, "A torus has a circle.")
    circles = radii.map { VonMisesCircle(concentration: concentration, radius: $0) }
  }

  public func sample(count: Int, using stream: inout RandomStream) -> Points {
    joined(circles.map { $0.sample(count: count, using: &stream) }, count: count)
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
    let parts = circles.indices.map {
      circles[$0].logDensityAndScore(at: plane($0, of: x), level: level)
    }
    let logDensity = (0..<x.count).map { row in parts.reduce(0) { $0 + $1.logDensity[row] } }
    return (logDensity, joined(parts.map(\.score), count: x.count))
  }

  public func denoiserJacobian(at x: Points, level: NoiseLevel) -> PointMatrices? {
    let parts = circles.indices.compactMap {
      circles[$0].denoiserJacobian(at: plane($0, of: x), level: level)
    }
    var result = PointMatrices(zeros: x.count, dimension: dimension)
    for (index, part) in parts.enumerated() {
      for row in 0..<x.count {
        for (i, j) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
          result[row, 2 * index + i, 2 * index + j] = part[row, i, j]
        }
      }
    }
    return result
  }

  private func plane(_ index: Int, of x: Points) -> Points {
    let rows = (0..<x.count).flatMap { row -> [Double] in
      [x[row, 2 * index], x[row, 2 * index + 1]]
    }
    return Points(values: rows, dimension: 2)
  }

  private func joined(_ parts: [Points], count: Int) -> Points {
    Points(
      values: (0..<count).flatMap { row in parts.flatMap { $0.row(row) } }, dimension: dimension)
  }
}

extension DistributionCatalog.Entry {
  static let torus = DistributionCatalog.Entry(
    name: "torus",
    summary: "a flat torus: the product of two circles in R^4, in any position in d dimensions",
    source: "closed form: a product of circles",
    parameters: [
      ParameterDescription(
        "radius", "of the first circle", .number(default: 1, range: 0.001...1000)),
      ParameterDescription(
        "second_radius", "of the second circle", .number(default: 0.5, range: 0.001...1000)),
      ParameterDescription(
        "concentration", "kappa of the von Mises distribution on each; 0 is uniform",
        .number(default: 0, range: 0...10_000)),
      ParameterDescription("dimension", "ambient dimension", .integer(default: 4, range: 4...784)),
      .geometrySeed,
    ],
    make: { parameters, _ in
      try EmbeddedDistribution.embedding(
        FlatTorus(
          radii: [parameters.number("radius"), parameters.number("second_radius")],
          concentration: parameters.number("concentration")),
        parameters)
    })
}
