import Glibc

/// A distribution `q_0` that can be sampled.
public protocol Distribution: Sendable {
  /// The number of coordinates of a point, at least 1.
  var dimension: Int { get }
  /// Draws points, `[count, dimension]`, from one random stream.
  func sample(count: Int, using stream: inout RandomStream) -> Points
}

extension Distribution {
  /// Draws points of the noisy distribution `alpha x_0 + sigma z`, all from one stream.
  package func noisySample(
    count: Int, level: NoiseLevel, using stream: inout RandomStream
  ) -> Points {
    let clean = sample(count: count, using: &stream)
    return level.noisy(clean, noise: stream.normals(count: count, dimension: dimension))
  }
}

/// A distribution whose density and score are known at every noise level.
///
/// At level `{alpha, sigma}` the noisy distribution is that of `alpha x_0 + sigma z`, `z ~ N(0,
/// I)`. Both functions are exact up to float64 rounding; far from all mass they stay finite.
public protocol KnownScoreDistribution: Distribution {
  /// The log density of the noisy distribution at each point, `[x.count]`, in nats.
  func logDensity(at x: Points, level: NoiseLevel) -> [Double]
  /// The score, the gradient of the log density, of the same shape as `x`.
  func score(at x: Points, level: NoiseLevel) -> Points
  /// Both at once, where that costs less than one after the other.
  func logDensityAndScore(
    at x: Points, level: NoiseLevel
  ) -> (logDensity: [Double], score: Points)
  /// `E ||score||^2` under the noisy distribution, where a closed form or a quadrature gives it;
  /// else nil.
  ///
  /// With it the Bayes floor of the noise target is `dimension - sigma^2 fisherInformation`.
  func fisherInformation(at level: NoiseLevel) -> Double?
  /// How model coordinates map to the user's units and what the axes are called.
  var coordinates: CoordinateFrame { get }
  /// Mean and variance of the distribution before noise, exact; nil where they are not known.
  var moments: Moments? { get }
  /// The covariance matrix of the distribution before noise, `[dimension][dimension]`, exact; nil
  /// where it is not known. It costs of the order of the parts times the square of the dimension.
  var covariance: [[Double]]? { get }
  /// A part with little of the weight, apart from the rest; nil where there is none, or none known.
  var rarePart: RarePart? { get }
  /// How points are pictures; nil where they are none.
  var images: ImageFormat? { get }
  /// The manifold on which the distribution lies before noise, or about which it lies; nil where
  /// there is none, or none known.
  var manifold: (any Manifold)? { get }
  /// The angle of a circle on which the whole distribution lies; nil where it does not.
  var angularLaw: AngularLaw? { get }
  /// The Jacobians of the denoiser by `x / alpha` in closed form, or nil: see
  /// `PointMatrices(denoiserOf:at:level:)`, which has them by differences then.
  func denoiserJacobian(at x: Points, level: NoiseLevel) -> PointMatrices?
  /// Whether there is no density without noise: atoms, curves, planes.
  ///
  /// Such a distribution may only be asked at levels with noise.
  var isSingular: Bool { get }
}

extension KnownScoreDistribution {
  public func fisherInformation(at level: NoiseLevel) -> Double? { nil }
  public var coordinates: CoordinateFrame { CoordinateFrame(dimension: dimension) }
  public var moments: Moments? { nil }
  public var covariance: [[Double]]? { nil }
  public var rarePart: RarePart? { nil }
  public var images: ImageFormat? { nil }
  public var manifold: (any Manifold)? { nil }
  public var angularLaw: AngularLaw? { nil }
  public var isSingular: Bool { false }

  public func denoiserJacobian(at x: Points, level: NoiseLevel) -> PointMatrices? { nil }

  public func logDensityAndScore(
    at x: Points, level: NoiseLevel
  ) -> (logDensity: [Double], score: Points) {
    (logDensity(at: x, level: level), score(at: x, level: level))
  }

  /// `E ||score||^2` of a distribution in one dimension by quadrature, to 9 digits.
  ///
  /// - Parameters:
  ///   - level: A level at which density and score are smooth.
  ///   - breakpoints: Where panels start, ascending; beyond the outer ones is no mass.
  /// - Returns: The Fisher information of the noisy distribution.
  func fisherInformation(at level: NoiseLevel, breakpoints: [Double]) -> Double {
    AdaptiveQuadrature.integrate(over: breakpoints) { x in
      let (logDensity, score) = logDensityAndScore(
        at: Points(values: x, dimension: 1), level: level)
      return zip(logDensity, score.values).map { exp($0) * $1 * $1 }
    }
  }
}

/// The affine map from model coordinates back to the user's units, axis by axis:
/// `user = offset + scale * model`.
public struct CoordinateFrame: Sendable, Equatable {
  public var names: [String]
  public var offset: [Double]
  public var scale: [Double]

  public init(names: [String], offset: [Double], scale: [Double]) {
    precondition(names.count == offset.count && names.count == scale.count, "One entry an axis.")
    self.names = names
    self.offset = offset
    self.scale = scale
  }

  /// The identity with axes named x1, x2, ...
  public init(dimension: Int) {
    self.init(
      names: (1...dimension).map { "x\($0)" }, offset: Array(repeating: 0, count: dimension),
      scale: Array(repeating: 1, count: dimension))
  }

  /// A coordinate along an axis in the user's units, from the model coordinate.
  public func userUnits(_ value: Double, axis: Int) -> Double {
    offset[axis] + scale[axis] * value
  }

  /// The model coordinate along an axis, from the user's units.
  public func modelCoordinate(_ value: Double, axis: Int) -> Double {
    (value - offset[axis]) / scale[axis]
  }

  /// Points in the user's units, from model coordinates.
  public func userUnits(_ points: Points) -> Points {
    var result = points
    for row in 0..<points.count {
      for axis in 0..<points.dimension {
        result[row, axis] = userUnits(points[row, axis], axis: axis)
      }
    }
    return result
  }

  /// The gradient of a log density by points in the user's units, from that by model coordinates.
  public func userScore(_ score: Points) -> Points {
    var result = score
    for row in 0..<score.count {
      for axis in 0..<score.dimension { result[row, axis] /= scale[axis] }
    }
    return result
  }

  /// Points in model coordinates, from the user's units.
  public func modelCoordinates(_ points: Points) -> Points {
    var result = points
    for row in 0..<points.count {
      for axis in 0..<points.dimension {
        result[row, axis] = modelCoordinate(points[row, axis], axis: axis)
      }
    }
    return result
  }
}
