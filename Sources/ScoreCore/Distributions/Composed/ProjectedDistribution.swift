import Glibc

/// The marginal of a known distribution along one direction, at every noise level.
///
/// Given the clean point the noisy marginal is normal, so the whole of it is a mixture on the line:
/// of the distribution's own components where it is a mixture of Gaussians, which is exact, else of
/// one part for each of many draws of `x_0`, which is exact in the noise.
public struct ProjectedDistribution: Sendable {
  /// The draws of `x_0` that stand for a distribution that is no mixture of Gaussians.
  public static let drawCount = 16_384

  /// The unit vector u, `[dimension]`.
  public let direction: [Double]
  /// Whether no draw was needed.
  public let isExact: Bool
  private let shares: [Double]
  private let means: [Double]
  private let variances: [Double]

  /// Projects a distribution.
  ///
  /// - Parameters:
  ///   - distribution: The distribution of the clean points.
  ///   - direction: Not zero, `[dimension]`; its length does not matter.
  ///   - stream: Draws clean points where they are needed.
  public init(
    _ distribution: any KnownScoreDistribution, on direction: [Double],
    using stream: inout RandomStream
  ) {
    let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
    precondition(
      direction.count == distribution.dimension && length > 0, "A direction has a length.")
    let unit = direction.map { $0 / length }
    self.direction = unit
    let parts = Self.parts(of: distribution, on: unit)
    isExact = parts != nil
    if let parts {
      shares = parts.map(\.share)
      means = parts.map(\.mean)
      variances = parts.map(\.variance)
    } else {
      let draws = distribution.sample(count: Self.drawCount, using: &stream)
      means = OutlierRegion.projections(of: draws, on: unit)
      shares = Array(repeating: 1 / Double(Self.drawCount), count: Self.drawCount)
      variances = Array(repeating: 0, count: Self.drawCount)
    }
  }

  /// The mean of the clean marginal.
  public var mean: Double { zip(shares, means).reduce(0) { $0 + $1.0 * $1.1 } }

  /// The probability that the noisy marginal is further than `distance` from `centre`.
  public func outside(_ distance: Double, of centre: Double, level: NoiseLevel) -> Double {
    var sum = 0.0
    for k in shares.indices {
      let deviation = (level.alpha * level.alpha * variances[k] + level.sigma * level.sigma)
        .squareRoot()
      let middle = level.alpha * means[k] - centre
      sum +=
        shares[k]
        * (StandardNormal.tail((distance - middle) / deviation)
          + StandardNormal.tail((distance + middle) / deviation))
    }
    return sum
  }

  /// The region outside the slab about the mean that the noisy marginal reaches with probability
  /// `mass`, by bisection to 1e-12 of its width.
  ///
  /// - Precondition: `0 < mass < 1`, and a level with noise.
  public func region(mass: Double, level: NoiseLevel) -> OutlierRegion {
    precondition(mass > 0 && mass < 1, "A region has a mass strictly between 0 and 1.")
    precondition(level.sigma > 0, "A marginal of draws has a density only with noise.")
    let centre = level.alpha * mean
    var (low, high) = (0.0, level.sigma)
    while outside(high, of: centre, level: level) > mass { (low, high) = (high, 2 * high) }
    while high - low > 1e-12 * high {
      let middle = (low + high) / 2
      if outside(middle, of: centre, level: level) > mass { low = middle } else { high = middle }
    }
    return OutlierRegion(direction: direction, centre: centre, distance: high)
  }

  private typealias Part = (share: Double, mean: Double, variance: Double)

  private static func parts(of distribution: any KnownScoreDistribution, on u: [Double]) -> [Part]?
  {
    func along(_ mean: [Double]) -> Double { zip(u, mean).reduce(0) { $0 + $1.0 * $1.1 } }
    if let distribution = distribution as? IsotropicMixture {
      return (0..<distribution.componentCount).map { k in
        (
          distribution.weights[k], along(distribution.mean(of: k)),
          distribution.deviations[k] * distribution.deviations[k]
        )
      }
    }
    guard let distribution = distribution as? GaussianMixture else { return nil }
    let total = distribution.components.reduce(0) { $0 + $1.weight }
    return distribution.components.map {
      ($0.weight / total, along($0.mean), $0.spread.variance(along: u))
    }
  }
}

extension GaussianMixture.Spread {
  /// The variance along a unit vector.
  fileprivate func variance(along u: [Double]) -> Double {
    switch self {
    case .isotropic(let deviation): deviation * deviation
    case .diagonal(let deviations):
      zip(u, deviations).reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 }
    case .full(let covariance):
      zip(u, covariance).reduce(0) { sum, row in
        sum + row.0 * zip(u, row.1).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
  }
}
