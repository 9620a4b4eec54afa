import Glibc

/// A mixture of isotropic Gaussians, whose score is known in closed form at every noise level.
///
/// Noise only widens a component, so with `v_k = alpha^2 s_k^2 + sigma^2`
/// ```
/// q(x)     = sum_k w_k N(x; alpha mu_k, v_k I)
/// r_k(x)   = w_k N(x; alpha mu_k, v_k I) / q(x)
/// score(x) = sum_k r_k(x) (alpha mu_k - x) / v_k
/// ```
/// Components of deviation 0 are allowed: the distribution of the data points themselves, which has
/// a density at every level with noise.
///
/// Source: Bishop 2006, *Pattern Recognition and Machine Learning*, eq. 9.13 (`r_k`).
public struct IsotropicMixture: KnownScoreDistribution {
  public let dimension: Int
  /// The number of components.
  public let componentCount: Int
  /// The weights, which sum to one, `[componentCount]`.
  public let weights: [Double]
  /// The standard deviation of each component before noise, `[componentCount]`, in data units.
  public let deviations: [Double]
  public let coordinates: CoordinateFrame

  let layout: KernelLayout
  private let indices: IndexTable

  /// Creates a mixture.
  ///
  /// - Parameters:
  ///   - means: The centres, one row a component; at least one.
  ///   - weights: Relative weights, positive; equal if nil. They need not sum to one.
  ///   - deviations: The standard deviation of each component, at least 0, in data units.
  ///   - coordinates: The user's units; the identity if nil.
  public init(
    means: Points, weights: [Double]? = nil, deviations: [Double],
    coordinates: CoordinateFrame? = nil
  ) {
    let relative = weights ?? Array(repeating: 1, count: means.count)
    precondition(means.count > 0, "A mixture needs at least one component.")
    precondition(
      relative.count == means.count && deviations.count == means.count,
      "Each component has one weight and one deviation.")
    precondition(relative.allSatisfy { $0 > 0 && $0.isFinite }, "Weights must be positive.")
    precondition(deviations.allSatisfy { $0 >= 0 && $0.isFinite }, "Deviations are at least 0.")
    dimension = means.dimension
    componentCount = means.count
    self.deviations = deviations
    self.coordinates = coordinates ?? CoordinateFrame(dimension: means.dimension)
    let total = relative.reduce(0, +)
    self.weights = relative.map { $0 / total }
    indices = IndexTable(weights: self.weights)
    layout = KernelLayout(means)
  }

  /// The centre of a component, `[dimension]`.
  public func mean(of component: Int) -> [Double] {
    (0..<dimension).map { layout[component, $0] }
  }

  public var moments: Moments? {
    Moments(
      mixing: (0..<componentCount).lazy.map { k in
        (weights[k], Moments(mean: mean(of: k), variance: deviations[k] * deviations[k]))
      })
  }

  public var covariance: [[Double]]? {
    var mixing = CovarianceMixing(dimension: dimension)
    for k in 0..<componentCount {
      mixing.add(weights[k], mean: mean(of: k)) { $0 == $1 ? deviations[k] * deviations[k] : 0 }
    }
    return mixing.covariance
  }

  public var isSingular: Bool { deviations.contains(0) }

  public func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    evaluate(at: x, level: level, wantsScore: false).logDensity
  }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    evaluate(at: x, level: level, wantsScore: true).score
  }

  /// Both log density and score, for the price of the score.
  public func logDensityAndScore(
    at x: Points, level: NoiseLevel
  ) -> (logDensity: [Double], score: Points) {
    evaluate(at: x, level: level, wantsScore: true)
  }

  public func sample(count: Int, using stream: inout RandomStream) -> Points {
    let chosen = indices.draw(count: count, using: &stream)
    var points = stream.normals(count: count, dimension: dimension)
    let d = dimension
    points.values.withUnsafeMutableBufferPointer { values in
      for (row, component) in chosen.enumerated() {
        let deviation = deviations[component]
        for axis in 0..<d {
          values[row * d + axis] = layout[component, axis] + deviation * values[row * d + axis]
        }
      }
    }
    return points
  }

  /// In closed form for one component; by quadrature in one dimension, to 9 digits; else nil.
  ///
  /// Nil also where there are so many narrow components that the quadrature would take seconds.
  public func fisherInformation(at level: NoiseLevel) -> Double? {
    let spreads = deviations.map { hypot(level.alpha * $0, level.sigma) }
    guard let narrowest = spreads.min(), narrowest > 0 else { return nil }
    if componentCount == 1 { return Double(dimension) / (narrowest * narrowest) }
    guard dimension == 1 else { return nil }
    let marks = spreads.indices.flatMap { k in
      [-10, -6, -3, -1, 0, 1, 3, 6, 10].map { level.alpha * layout[k, 0] + $0 * spreads[k] }
    }
    return fisherInformation(at: level, marks: marks, resolution: narrowest / 4)
  }

  // Panels start where a component starts to matter, so that refinement cannot miss one.
  private func fisherInformation(
    at level: NoiseLevel, marks: [Double], resolution: Double
  ) -> Double? {
    var breakpoints: [Double] = []
    for mark in marks.sorted() where mark - (breakpoints.last ?? -.infinity) >= resolution {
      breakpoints.append(mark)
    }
    guard breakpoints.count * componentCount < 20_000_000 else { return nil }
    return fisherInformation(at: level, breakpoints: breakpoints)
  }
}
