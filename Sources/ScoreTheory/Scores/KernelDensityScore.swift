import Glibc
public import ScoreCore

/// The score of a kernel estimate of the noisy density: the gradient of the logarithm of a Gaussian
/// mixture with a part at each data point.
///
/// The estimate of the data has bandwidth h, so that of the noisy density at a level has parts at
/// `alpha x_i` of deviation `tau = sqrt(sigma^2 + alpha^2 h^2)`. With `h = 0` it is the empirical score,
/// whose bandwidth is the noise itself. Where the density estimate is below a floor the score is 0: few
/// points are near, and what they say is worth nothing.
///
/// Source: Zhang, Yin, Liang and Liu 2024 (arXiv:2402.15602), the truncated kernel estimator, from
/// memory for its form; a bandwidth of one's own is added here.
public struct KernelDensityScore: ScoreFunction {
  public let data: Points
  /// The bandwidth h of the data's density at a noise level, in the data's units.
  public let bandwidth: @Sendable (NoiseLevel) -> Double
  /// The density below which the score is 0, in 1 over the data's unit to the power d.
  public let floor: Double

  /// - Precondition: There is data, and the floor is not negative.
  public init(
    data: Points, floor: Double = 0,
    bandwidth: @escaping @Sendable (NoiseLevel) -> Double = { _ in 0 }
  ) {
    precondition(data.count > 0 && floor >= 0, "A kernel estimate needs points.")
    (self.data, self.floor, self.bandwidth) = (data, floor, bandwidth)
  }

  public var dimension: Int { data.dimension }

  /// The deviation tau of a part.
  public func width(at level: NoiseLevel) -> Double {
    let own = level.alpha * bandwidth(level)
    return (level.sigma * level.sigma + own * own).squareRoot()
  }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    precondition(x.dimension == dimension, "Points have the data's dimension.")
    let (tau, d) = (width(at: level), dimension)
    precondition(tau > 0, "A part has a width.")
    var result = Points(zeros: x.count, dimension: d)
    var logs = [Double](repeating: 0, count: data.count)
    let constant =
      Double(d) * (StandardNormal.logSqrtTwoPi + log(tau)) + log(Double(data.count))
    for row in 0..<x.count {
      var peak = -Double.infinity
      for i in logs.indices {
        var square = 0.0
        for axis in 0..<d {
          let gap = (x[row, axis] - level.alpha * data[i, axis]) / tau
          square += gap * gap
        }
        logs[i] = -square / 2
        peak = max(peak, logs[i])
      }
      var (mass, pull) = (0.0, [Double](repeating: 0, count: d))
      // A part that is e^40 below the nearest is below rounding.
      for i in logs.indices where logs[i] > peak - 40 {
        let weight = exp(logs[i] - peak)
        mass += weight
        for axis in 0..<d { pull[axis] += weight * (level.alpha * data[i, axis] - x[row, axis]) }
      }
      guard floor == 0 || peak + log(mass) - constant >= log(floor) else { continue }
      for axis in 0..<d { result[row, axis] = pull[axis] / (mass * tau * tau) }
    }
    return result
  }
}
