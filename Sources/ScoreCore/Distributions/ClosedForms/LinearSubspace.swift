import Glibc

/// A Gaussian on a linear subspace: intrinsic dimension k in ambient dimension d.
///
/// With orthonormal rows U, `x_0 = U^T y`, `y ~ N(0, diag(deviations^2))`. Noise fills the other
/// directions, so with `v = alpha^2 deviations^2 + sigma^2` and the part `x_perp` of x off the
/// subspace
/// ```
/// s(x) = -x_perp / sigma^2 - U^T (U x / v)
/// E ||s||^2 = (d - k) / sigma^2 + sum 1 / v
/// ```
/// so `d - sigma^2 E ||s||^2` falls to k as the noise vanishes: the intrinsic dimension can be
/// read off a score.
public struct LinearSubspace: KnownScoreDistribution {
  /// The deviation along each direction of the subspace, positive, `[k]`.
  public let deviations: [Double]
  let directions: OrthonormalRows

  public var dimension: Int { directions.dimension }
  public var isSingular: Bool { deviations.count < dimension }

  public var manifold: (any Manifold)? {
    EmbeddedManifold(manifold: WholeSpace(dimension: deviations.count), rows: directions)
  }

  /// `U^T diag(alpha^2 deviations^2 / v) U` at every point: each variance over itself with the noise.
  public func denoiserJacobian(at x: Points, level: NoiseLevel) -> PointMatrices? {
    let shares = zip(deviations, variances(at: level)).map {
      level.alpha * level.alpha * $0 * $0 / $1
    }
    let matrix = directions.combined(weights: shares).flatMap { $0 }
    return PointMatrices(at: x) { _ in matrix }
  }

  public var moments: Moments? {
    Moments(
      mean: Array(repeating: 0, count: dimension),
      variance: deviations.reduce(0) { $0 + $1 * $1 } / Double(dimension))
  }

  public var covariance: [[Double]]? {
    directions.combined(weights: deviations.map { $0 * $0 })
  }

  /// Creates the distribution.
  ///
  /// - Parameters:
  ///   - deviations: One for each direction of the subspace.
  ///   - dimension: The ambient dimension, at least the number of deviations.
  ///   - seed: Names the position of the subspace.
  public init(deviations: [Double], dimension: Int, seed: Int) {
    precondition(deviations.allSatisfy { $0 > 0 }, "Deviations must be positive.")
    self.deviations = deviations
    directions = OrthonormalRows(count: deviations.count, dimension: dimension, seed: seed)
  }

  public func sample(count: Int, using stream: inout RandomStream) -> Points {
    var inner = stream.normals(count: count, dimension: deviations.count)
    for row in 0..<count {
      for axis in 0..<deviations.count { inner[row, axis] *= deviations[axis] }
    }
    return directions.points(components: inner)
  }

  public func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    logDensityAndScore(at: x, level: level).logDensity
  }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    logDensityAndScore(at: x, level: level).score
  }

  public func fisherInformation(at level: NoiseLevel) -> Double? {
    let rest = dimension - deviations.count
    guard level.sigma > 0 || rest == 0 else { return nil }
    let normal = rest == 0 ? 0 : Double(rest) / (level.sigma * level.sigma)
    return normal + variances(at: level).reduce(0) { $0 + 1 / $1 }
  }

  private func variances(at level: NoiseLevel) -> [Double] {
    deviations.map { level.alpha * level.alpha * $0 * $0 + level.sigma * level.sigma }
  }

  public func logDensityAndScore(
    at x: Points, level: NoiseLevel
  ) -> (logDensity: [Double], score: Points) {
    precondition(x.dimension == dimension, "Points and distribution differ in dimension.")
    precondition(level.sigma > 0 || !isSingular, "A subspace has no density without noise.")
    let variances = variances(at: level)
    let normalPrecision = isSingular ? 1 / (level.sigma * level.sigma) : 0
    let rest = Double(dimension - deviations.count)
    var logVolume = variances.reduce(0) { $0 + log(2 * Double.pi * $1) } / 2
    if isSingular { logVolume += rest / 2 * log(2 * Double.pi / normalPrecision) }
    let cost = 100 + 4 * directions.values.count
    return RowShards.evaluate(x, costPerRow: cost) { [logVolume] rows in
      var logDensity: [Double] = []
      var score: [Double] = []
      for row in rows {
        let point = x.row(row)
        let inner = directions.components(of: point)
        let projected = directions.point(components: inner)
        let pull = directions.point(components: zip(inner, variances).map { $0 / $1 })
        var square = zip(inner, variances).reduce(0) { $0 + $1.0 / $1.1 * $1.0 }
        for axis in 0..<dimension {
          let off = point[axis] - projected[axis]
          square += off * off * normalPrecision
          score.append(-off * normalPrecision - pull[axis])
        }
        logDensity.append(-square / 2 - logVolume)
      }
      return (logDensity, score)
    }
  }
}

extension DistributionCatalog.Entry {
  static let linearSubspace = DistributionCatalog.Entry(
    name: "linear_subspace",
    summary: "a Gaussian on a subspace: intrinsic dimension k in ambient dimension d",
    source: "closed form",
    parameters: [
      ParameterDescription(
        "intrinsic", "dimension k of the subspace", .integer(default: 2, range: 1...784)),
      ParameterDescription(
        "dimension", "ambient dimension d, at least k", .integer(default: 8, range: 1...784)),
      ParameterDescription(
        "deviation", "along every direction of the subspace",
        .number(default: 1, range: 0.001...1000)),
      ParameterDescription(
        "deviations", "a list of k deviations in place of the one", .structured),
      .geometrySeed,
    ],
    make: { parameters, _ in
      let (k, d) = (parameters.integer("intrinsic"), parameters.integer("dimension"))
      guard k <= d else {
        throw ParameterError(
          path: ["intrinsic"], message: "expected at most the dimension, \(d)")
      }
      var deviations = Array(repeating: parameters.number("deviation"), count: k)
      if let value = parameters.values["deviations"] {
        let path = ["deviations"]
        for (index, item) in try value.list(at: path, of: "deviations", count: k).enumerated() {
          deviations[index] = try item.positiveNumber(at: path + ["\(index + 1)"])
        }
      }
      return LinearSubspace(
        deviations: deviations, dimension: d, seed: parameters.integer("seed"))
    })
}

extension ParameterDescription {
  /// The seed of a distribution's position in space.
  static let geometrySeed = ParameterDescription(
    "seed", "names the fixed random position", .integer(default: 1, range: 0...1_000_000))
}
