import Glibc

/// A mixture of Gaussians with isotropic, diagonal or full covariances, in any dimension.
///
/// The noisy distribution is a mixture again, with means `alpha mu_k` and covariances
/// `alpha^2 Sigma_k + sigma^2 I`, so density and score are exact at every level.
public struct GaussianMixture: KnownScoreDistribution {
  /// The shape of a component before noise, in data units.
  public enum Spread: Sendable, Equatable {
    /// The same standard deviation along every axis.
    case isotropic(Double)
    /// One standard deviation for each axis, `[dimension]`.
    case diagonal([Double])
    /// A covariance matrix, `[dimension][dimension]`, symmetric and positive definite.
    case full([[Double]])
  }

  /// One Gaussian of the mixture.
  public struct Component: Sendable, Equatable {
    /// The relative weight, positive; weights need not sum to one.
    public var weight: Double
    /// The centre, `[dimension]`, in data units.
    public var mean: [Double]
    public var spread: Spread

    public init(weight: Double = 1, mean: [Double], spread: Spread) {
      self.weight = weight
      self.mean = mean
      self.spread = spread
    }
  }

  public let components: [Component]
  private let distribution: any KnownScoreDistribution

  public var dimension: Int { components[0].mean.count }
  public var coordinates: CoordinateFrame { distribution.coordinates }
  public var moments: Moments? { distribution.moments }
  public var covariance: [[Double]]? { distribution.covariance }
  public var rarePart: RarePart? { distribution.rarePart }

  /// Creates a mixture.
  ///
  /// - Parameters:
  ///   - components: At least one, all of the same dimension.
  ///   - coordinates: The user's units; the identity if nil.
  public init(_ components: [Component], coordinates: CoordinateFrame? = nil) {
    precondition(!components.isEmpty, "A mixture needs at least one component.")
    let dimension = components[0].mean.count
    precondition(
      components.allSatisfy { $0.mean.count == dimension },
      "Every component must have the same dimension.")
    precondition(components.allSatisfy { $0.weight > 0 }, "Weights must be positive.")
    self.components = components
    let frame = coordinates ?? CoordinateFrame(dimension: dimension)
    let deviations = components.compactMap(\.commonDeviation)
    if deviations.count == components.count {
      distribution = IsotropicMixture(
        means: Points(rows: components.map(\.mean)), weights: components.map(\.weight),
        deviations: deviations, coordinates: frame)
    } else {
      distribution = EigenMixture(components.map(\.eigenForm), coordinates: frame)
    }
  }

  public func sample(count: Int, using stream: inout RandomStream) -> Points {
    distribution.sample(count: count, using: &stream)
  }

  public func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    distribution.logDensity(at: x, level: level)
  }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    distribution.score(at: x, level: level)
  }

  public func logDensityAndScore(
    at x: Points, level: NoiseLevel
  ) -> (logDensity: [Double], score: Points) {
    distribution.logDensityAndScore(at: x, level: level)
  }

  public func fisherInformation(at level: NoiseLevel) -> Double? {
    distribution.fisherInformation(at: level)
  }
}

extension GaussianMixture.Component {
  /// The standard deviation along every direction if it is the same for all; else nil.
  ///
  /// In one dimension every spread has one, so that all of them share the fast path.
  fileprivate var commonDeviation: Double? {
    switch spread {
    case .isotropic(let deviation): return deviation
    case .diagonal(let deviations): return deviations.count == 1 ? deviations[0] : nil
    case .full(let covariance):
      return covariance.count == 1 ? covariance[0][0].squareRoot() : nil
    }
  }

  fileprivate var eigenForm: EigenMixture.Component {
    let dimension = mean.count
    var identity = Array(repeating: 0.0, count: dimension * dimension)
    for axis in 0..<dimension { identity[axis * dimension + axis] = 1 }
    func along(axes: [Double], variances: [Double]) -> EigenMixture.Component {
      precondition(variances.count == dimension, "A spread has the dimension of its mean.")
      precondition(variances.allSatisfy { $0 > 0 }, "Variances must be positive.")
      return EigenMixture.Component(
        weight: weight, mean: mean, variances: variances, axes: axes)
    }
    switch spread {
    case .isotropic(let deviation):
      return along(
        axes: identity, variances: Array(repeating: deviation * deviation, count: dimension))
    case .diagonal(let deviations):
      return along(axes: identity, variances: deviations.map { $0 * $0 })
    case .full(let covariance):
      let eigen = SymmetricEigen(covariance)
      return along(axes: eigen.vectors, variances: eigen.values)
    }
  }
}
