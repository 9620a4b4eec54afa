import Glibc
public import ScoreCore

/// The score of the training points themselves, as it is or smoothed by a temperature and by taking the
/// nearest points only.
///
/// In variance-exploding coordinates `u = x / alpha` with noise `r = sigma / alpha` it is
/// ```
/// f_j = -||u - mu_j||^2 / (2 r^2),   w_j ~ exp(f_j / T),   T = max(r_c / r, 1)
/// s(u) = (sum_j w_j mu_j - u) / r^2
/// ```
/// with the sum over all points or over the K nearest. At T = 1 with all points it is exact: the score that
/// reproduces its training points. Above it, it is T times the exact score at noise `sqrt(T) r`.
///
/// Source: Zhou, Zhang and Wright 2026 (arXiv:2601.19285), temperature smoothing, which is stated for the
/// variance-exploding process; elsewhere by the change of coordinates.
public struct EmpiricalScore: ScoreFunction {
  /// How the weights of the points are smoothed.
  public struct Smoothing: Sendable, Equatable {
    /// The noise `r_c`, in data units, below which the temperature rises above 1; 0 for no temperature.
    public var collapseNoise: Double
    /// K, how many of the nearest points have a weight; nil for all.
    public var neighbors: Int?

    public init(collapseNoise: Double = 0, neighbors: Int? = nil) {
      self.collapseNoise = collapseNoise
      self.neighbors = neighbors
    }

    /// The weights as they are.
    public static let none = Smoothing()

    /// `T = max(r_c / r, 1)` at a level with noise.
    public func temperature(at level: NoiseLevel) -> Double {
      max(collapseNoise / level.noiseRatio, 1)
    }
  }

  /// The training points, `[count, dimension]`.
  public let points: Points
  public let smoothing: Smoothing

  /// - Precondition: There are points, and K is one of 1 to their number.
  public init(_ points: Points, smoothing: Smoothing = .none) {
    precondition(points.count >= 1, "An empirical score has points.")
    precondition(
      smoothing.collapseNoise >= 0
        && smoothing.neighbors.map { (1...points.count).contains($0) } ?? true,
      "Noise is not negative, and neighbours are among the points.")
    self.points = points
    self.smoothing = smoothing
  }

  public var dimension: Int { points.dimension }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    denoised(x, at: level, temperature: smoothing.temperature(at: level)).score
  }

  /// The effective number of points `1 / sum_j w_j^2` at each point, from 1 to their number, `[x.count]`.
  public func effectiveCounts(at x: Points, level: NoiseLevel) -> [Double] {
    effectiveCounts(at: x, level: level, temperature: smoothing.temperature(at: level))
  }

  /// The same at a temperature in place of that of the smoothing.
  public func effectiveCounts(at x: Points, level: NoiseLevel, temperature: Double) -> [Double] {
    denoised(x, at: level, temperature: temperature).effective
  }

  /// The score at a temperature in place of that of the smoothing.
  public func score(at x: Points, level: NoiseLevel, temperature: Double) -> Points {
    denoised(x, at: level, temperature: temperature).score
  }

  private func denoised(
    _ x: Points, at level: NoiseLevel, temperature: Double
  ) -> (score: Points, effective: [Double]) {
    precondition(x.dimension == dimension, "Points and score differ in dimension.")
    precondition(level.sigma > 0 && temperature > 0, "Weights need noise and a temperature.")
    var score = Points(zeros: x.count, dimension: dimension)
    var effective = Array(repeating: 1.0, count: x.count)
    var row = EmpiricalWeights(points, neighbors: smoothing.neighbors)
    for index in 0..<x.count {
      row.weigh(x, row: index, alpha: level.alpha, noise: level.noiseRatio, temperature)
      effective[index] = row.effectiveCount
      for axis in 0..<dimension {
        // In the coordinates u the score is alpha times that of x.
        let gap = row.mean[axis] - x[index, axis] / level.alpha
        score[index, axis] = gap / (level.noiseRatio * level.noiseRatio * level.alpha)
      }
    }
    return (score, effective)
  }
}

/// The weights of training points at one point, with memory for many.
private struct EmpiricalWeights {
  private let points: [Double]
  private let dimension: Int
  private let neighbors: Int?
  private var squared: [Double]
  private(set) var mean: [Double]
  private(set) var effectiveCount = 1.0

  init(_ points: Points, neighbors: Int?) {
    self.points = points.values
    self.neighbors = neighbors.flatMap { $0 < points.count ? $0 : nil }
    dimension = points.dimension
    squared = Array(repeating: 0, count: points.count)
    mean = Array(repeating: 0, count: points.dimension)
  }

  mutating func weigh(
    _ x: Points, row: Int, alpha: Double, noise: Double, _ temperature: Double
  ) {
    for j in squared.indices {
      var sum = 0.0
      for axis in 0..<dimension {
        let gap = x[row, axis] / alpha - points[j * dimension + axis]
        sum += gap * gap
      }
      squared[j] = sum
    }
    // Points at the same distance as the K-th all count, so that their order says nothing.
    let reach = neighbors.map { squared.sorted()[$0 - 1] } ?? .infinity
    // The nearest point's exponent is 0, so the sum is never zero.
    let nearest = squared.min() ?? 0
    let scale = -1 / (2 * noise * noise * temperature)
    var (total, squares) = (0.0, 0.0)
    for axis in 0..<dimension { mean[axis] = 0 }
    for j in squared.indices where squared[j] <= reach {
      let weight = exp((squared[j] - nearest) * scale)
      total += weight
      squares += weight * weight
      for axis in 0..<dimension { mean[axis] += weight * points[j * dimension + axis] }
    }
    for axis in 0..<dimension { mean[axis] /= total }
    effectiveCount = total * total / squares
  }
}
