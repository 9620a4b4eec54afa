import Glibc

/// A von Mises density on a circle that lies in a plane of an ambient space.
///
/// Before noise the angle has density proportional to `exp(kappa cos(theta))`. In coordinates of
/// the plane, with `R = alpha radius` and `w = kappa e_1 + R x / sigma^2`, the integral over the
/// angle is a Bessel function:
/// ```
/// q(x) = (2 pi sigma^2)^(-d/2) exp(-(||x||^2 + R^2) / 2 sigma^2) I_0(||w||) / I_0(kappa)
/// s(x) = -x / sigma^2 + (R / sigma^2) (I_1 / I_0)(||w||) w / ||w||
/// ```
/// The first exponent and `||w||` nearly cancel near the circle, so what is left of them is
/// computed as `-(||x|| - R)^2 / 2 sigma^2` and `||w|| - R ||x|| / sigma^2`.
public struct VonMisesCircle: KnownScoreDistribution {
  /// The concentration about angle 0, at least 0; 0 is the uniform distribution.
  public let concentration: Double
  /// The radius, positive.
  public let radius: Double
  let plane: OrthonormalRows

  public var dimension: Int { plane.dimension }
  public let isSingular = true
  public var manifold: (any Manifold)? {
    EmbeddedManifold(manifold: SphereManifold(dimension: 2, radius: radius), rows: plane)
  }

  public var angularLaw: AngularLaw? {
    AngularLaw(concentration: concentration, radius: radius, plane: plane)
  }

  public var moments: Moments? {
    let mean = radius * ModifiedBessel.ratio(concentration)
    return Moments(
      mean: plane.point(components: [mean, 0]),
      variance: (radius * radius - mean * mean) / Double(dimension))
  }

  public var covariance: [[Double]]? {
    // E cos^2 = 1 - (I_1 / I_0) / kappa, which tends to 1/2 as kappa vanishes.
    let ratio = ModifiedBessel.ratio(concentration)
    let sine = concentration > 1e-8 ? ratio / concentration : 0.5
    let square = radius * radius
    return plane.combined(weights: [square * (1 - sine - ratio * ratio), square * sine])
  }

  /// Creates the distribution.
  ///
  /// - Parameters:
  ///   - concentration: At least 0, up to about 1e8.
  ///   - radius: Positive.
  ///   - dimension: The ambient dimension, at least 2.
  ///   - seed: Names the position of the plane; in two dimensions the mean is on the first axis.
  public init(concentration: Double, radius: Double, dimension: Int = 2, seed: Int = 1) {
    precondition(concentration >= 0 && radius > 0, "A circle has a size and a concentration.")
    precondition(dimension >= 2, "A circle needs a plane.")
    self.concentration = concentration
    self.radius = radius
    plane =
      dimension == 2
      ? OrthonormalRows(axes: 2, dimension: 2)
      : OrthonormalRows(count: 2, dimension: dimension, seed: seed)
  }

  public func sample(count: Int, using stream: inout RandomStream) -> Points {
    var inner = Points(zeros: count, dimension: 2)
    for row in 0..<count {
      let cosine = drawCosine(using: &stream)
      let sine = max(0, (1 - cosine) * (1 + cosine)).squareRoot()
      inner[row, 0] = radius * cosine
      inner[row, 1] = (stream.uniform() < 0.5 ? -radius : radius) * sine
    }
    return plane.points(components: inner)
  }

  // Source: Best and Fisher 1979, Applied Statistics 28(2), 152-157.
  private func drawCosine(using stream: inout RandomStream) -> Double {
    guard concentration > 1e-6 else { return cos(Double.pi * stream.uniform()) }
    let k = concentration
    let tau = 1 + (1 + 4 * k * k).squareRoot()
    let rho = (tau - (2 * tau).squareRoot()) / (2 * k)
    let r = (1 + rho * rho) / (2 * rho)
    while true {
      let z = cos(Double.pi * stream.uniform())
      let f = (1 + r * z) / (r + z)
      let c = k * (r - f)
      let u = stream.uniform()
      if c * (2 - c) > u || log(c / u) + 1 >= c { return f }
    }
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
    precondition(level.sigma > 0, "A circle has no density without noise.")
    return RowShards.evaluate(x, costPerRow: 300 + 10 * dimension) { rows in
      var logDensity: [Double] = []
      var score: [Double] = []
      for row in rows {
        let values = evaluate(x.row(row), level)
        logDensity.append(values.logDensity)
        score += values.score
      }
      return (logDensity, score)
    }
  }

  private func evaluate(
    _ point: [Double], _ level: NoiseLevel
  ) -> (logDensity: Double, score: [Double]) {
    let variance = level.sigma * level.sigma
    let R = level.alpha * radius
    let inner = plane.components(of: point)
    let projected = plane.point(components: inner)
    let r = hypot(inner[0], inner[1])
    let along = R / variance * r
    let w = [concentration + R / variance * inner[0], R / variance * inner[1]]
    let length = hypot(w[0], w[1])
    // ||w|| - R r / sigma^2, from the difference of the squares.
    let excess =
      length + along > 0
      ? concentration * (concentration + 2 * R / variance * inner[0]) / (length + along) : 0
    var square = (r - R) * (r - R)
    let pull = length > 0 ? R * ModifiedBessel.ratio(length) / length : 0
    var score = plane.point(components: w.map { $0 * pull })
    for axis in point.indices {
      let off = point[axis] - projected[axis]
      square += off * off
      score[axis] = (score[axis] - point[axis]) / variance
    }
    let logDensity =
      -square / (2 * variance) - Double(dimension) / 2 * log(2 * Double.pi * variance)
      + ModifiedBessel.logScaledI0(length) - ModifiedBessel.logScaledI0(concentration)
      + (excess - concentration)
    return (logDensity, score)
  }
}

extension VonMisesCircle {
  /// In the plane, with `w` as above, `(R / sigma)^2 (A'(||w||) n n^T + A(||w||) / ||w|| (I - n n^T))`,
  /// `n = w / ||w||`; off the plane 0.
  ///
  /// On a uniform circle that is `R A / r` along it and near `sigma^2 / (2 r^2)` across it.
  public func denoiserJacobian(at x: Points, level: NoiseLevel) -> PointMatrices? {
    let variance = level.sigma * level.sigma
    let R = level.alpha * radius
    return PointMatrices(at: x) { point in
      let inner = plane.components(of: point)
      let w = [concentration + R / variance * inner[0], R / variance * inner[1]]
      let length = hypot(w[0], w[1])
      let n = length > 0 ? w.map { $0 / length } : [1, 0]
      let scale = R * R / variance
      let across = scale * ModifiedBessel.ratioSlope(length, space: 2)
      let along = scale * (length > 0 ? ModifiedBessel.ratio(length) / length : 0.5)
      // The columns of the inner block, turned into the space.
      let columns = (0..<2).map { j in
        plane.point(
          components: (0..<2).map { ($0 == j ? along : 0) + (across - along) * n[$0] * n[j] })
      }
      return (0..<dimension).flatMap { i in
        plane.point(components: columns.map { $0[i] })
      }
    }
  }
}

extension DistributionCatalog.Entry {
  static let circle = DistributionCatalog.Entry(
    name: "circle",
    summary: "a von Mises density on a circle in a plane of any dimension: a curved manifold",
    source: "closed form with Bessel functions; Mardia and Jupp 2000, Directional Statistics",
    parameters: [
      ParameterDescription(
        "concentration", "kappa of the von Mises distribution; 0 is uniform",
        .number(default: 2, range: 0...10_000)),
      ParameterDescription(
        "radius", "of the circle", .number(default: 1, range: 0.001...1000)),
      ParameterDescription("dimension", "ambient dimension", .integer(default: 2, range: 2...784)),
      .geometrySeed,
    ],
    make: { parameters, _ in
      VonMisesCircle(
        concentration: parameters.number("concentration"), radius: parameters.number("radius"),
        dimension: parameters.integer("dimension"), seed: parameters.integer("seed"))
    })
}
