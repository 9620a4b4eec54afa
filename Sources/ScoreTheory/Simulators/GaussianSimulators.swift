import Glibc
public import ScoreCore

/// `theta ~ N(0, I)` and `x = theta + sqrt(v) z`: the posterior is `N(x / (1 + v), v / (1 + v) I)`.
///
/// At v = 0.3 and x = 1 it is N(10/13, 3/13) in each coordinate.
///
/// Source: conjugate Gaussians, in any textbook.
public struct LinearGaussianSimulator: Simulator {
  public let parameterCount: Int
  /// The variance v of the observation's noise.
  public let noiseVariance: Double

  /// - Precondition: The dimension is at least 1, and the variance is positive.
  public init(dimension: Int = 1, noiseVariance: Double = 0.3) {
    precondition(dimension >= 1 && noiseVariance > 0, "An observation has noise.")
    parameterCount = dimension
    self.noiseVariance = noiseVariance
  }

  public var observationCount: Int { parameterCount }

  public func drawPrior(count: Int, using stream: inout RandomStream) -> Points {
    stream.normals(count: count, dimension: parameterCount)
  }

  public func simulate(_ parameters: Points, using stream: inout RandomStream) -> Points {
    NoiseLevel(alpha: 1, sigma: noiseVariance.squareRoot()).noisy(
      parameters, noise: stream.normals(count: parameters.count, dimension: parameterCount))
  }

  public func posterior(given observation: [Double]) -> (any KnownScoreDistribution)? {
    exactPosterior(given: observation)
  }

  public func drawPosterior(
    given observation: [Double], count: Int, using stream: inout RandomStream
  ) -> Points { exactPosterior(given: observation).sample(count: count, using: &stream) }

  private func exactPosterior(given observation: [Double]) -> IsotropicMixture {
    IsotropicMixture(
      means: Points(rows: [observation.map { $0 / (1 + noiseVariance) }]),
      deviations: [(noiseVariance / (1 + noiseVariance)).squareRoot()])
  }
}

/// `theta ~ N(0, I)` in the plane, and x about theta with a wide or a narrow deviation, each half of the time.
///
/// The posterior has two parts, `N(x / (1 + v_k), v_k / (1 + v_k) I)` with weights in proportion to the density
/// of `N(0, (1 + v_k) I)` at x.
///
/// Source: the task "Gaussian mixture" of Lueckmann et al. 2021 (arXiv:2101.04653), T.8, with deviations 1 and
/// 0.1 (from memory), whose prior is uniform; the normal prior here makes the posterior a mixture exactly.
public struct MixtureSimulator: Simulator {
  /// The variances of x about theta.
  public static let variances = [1, 0.01]

  public init() {}

  public var parameterCount: Int { 2 }
  public var observationCount: Int { 2 }

  public func drawPrior(count: Int, using stream: inout RandomStream) -> Points {
    stream.normals(count: count, dimension: 2)
  }

  public func simulate(_ parameters: Points, using stream: inout RandomStream) -> Points {
    var x = parameters
    for row in 0..<x.count {
      let deviation = Self.variances[stream.uniform() < 0.5 ? 0 : 1].squareRoot()
      for axis in 0..<2 { x[row, axis] += deviation * stream.normal() }
    }
    return x
  }

  public func posterior(given observation: [Double]) -> (any KnownScoreDistribution)? {
    exactPosterior(given: observation)
  }

  public func drawPosterior(
    given observation: [Double], count: Int, using stream: inout RandomStream
  ) -> Points { exactPosterior(given: observation).sample(count: count, using: &stream) }

  private func exactPosterior(given observation: [Double]) -> IsotropicMixture {
    let squared = observation.reduce(0.0) { $0 + $1 * $1 }
    let logs = Self.variances.map { -log(1 + $0) - squared / (2 * (1 + $0)) }
    let largest = logs.max() ?? 0
    return IsotropicMixture(
      means: Points(rows: Self.variances.map { v in observation.map { $0 / (1 + v) } }),
      // A part that underflows keeps the least weight that there is.
      weights: logs.map { max(exp($0 - largest), .leastNormalMagnitude) },
      deviations: Self.variances.map { ($0 / (1 + $0)).squareRoot() })
  }
}
