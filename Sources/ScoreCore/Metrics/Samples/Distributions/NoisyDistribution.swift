import Glibc

/// A known distribution at one noise level, in its own coordinates or in the user's units.
public struct NoisyDistribution: Sendable {
  public let distribution: any KnownScoreDistribution
  public let level: NoiseLevel
  /// The map from the distribution's coordinates to those of all points given and returned here.
  public let units: CoordinateFrame

  /// Creates the distribution of `alpha x_0 + sigma z`, mapped by `units`; the identity if nil.
  public init(
    _ distribution: any KnownScoreDistribution, level: NoiseLevel = .clean,
    units: CoordinateFrame? = nil
  ) {
    self.distribution = distribution
    self.level = level
    self.units = units ?? CoordinateFrame(dimension: distribution.dimension)
    precondition(
      self.units.names.count == distribution.dimension, "Units have an entry for each axis.")
  }

  public var dimension: Int { distribution.dimension }

  /// Whether the distribution has a density at this level; distributions of point masses do only
  /// with noise.
  public var hasDensity: Bool { level.sigma > 0 || !distribution.isSingular }

  /// Draws points, `[count, dimension]`.
  public func sample(count: Int, using stream: inout RandomStream) -> Points {
    guard level != .clean else {
      return units.userUnits(distribution.sample(count: count, using: &stream))
    }
    return units.userUnits(distribution.noisySample(count: count, level: level, using: &stream))
  }

  /// Why a metric that needs a density cannot be had, or nil.
  var densityObstacle: String? {
    hasDensity ? nil : "the distribution has no density without noise"
  }

  /// The log density at each point, `[x.count]`, in nats, of a density per unit of these points.
  public func logDensity(at x: Points) -> [Double] {
    let jacobian = units.scale.reduce(0.0) { $0 + log(abs($1)) }
    return distribution.logDensity(at: units.modelCoordinates(x), level: level).map {
      $0 - jacobian
    }
  }

  /// The gradient of the log density by these points, of the same shape as `x`.
  public func score(at x: Points) -> Points {
    units.userScore(distribution.score(at: units.modelCoordinates(x), level: level))
  }
}
