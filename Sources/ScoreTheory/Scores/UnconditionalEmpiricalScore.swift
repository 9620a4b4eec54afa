import Glibc
public import ScoreCore

/// The best score of the training points that does not know the noise level: all levels as one mixture.
///
/// The minimiser of the loss weighted by `sigma^2` over levels `sigma_i` and points `mu_j` is the gradient of
/// ```
/// log p(x) = log sum_ij exp(f_ij),   f_ij = -(d - 2) log sigma_i - ||x - mu_j||^2 / (2 sigma_i^2)
/// s(x)     = sum_ij w_ij (mu_j - x) / sigma_i^2,   w ~ exp(f)
/// ```
/// up to a constant of p: `d - 2` and not d comes from the weight `sigma^2`.
///
/// Source: Zhou, Zhang and Wright 2026 (arXiv:2601.19285), noise unconditioning, for the variance-exploding
/// process. The reason for `d - 2` is derived here.
public struct UnconditionalEmpiricalScore: ScoreFunction {
  /// The training points, `[count, dimension]`.
  public let points: Points
  /// The noise levels, in data units, each as likely as any other.
  public let noises: [Double]

  /// - Precondition: There are points and levels with noise.
  public init(_ points: Points, noises: [Double]) {
    precondition(points.count >= 1 && !noises.isEmpty, "A mixture has parts.")
    precondition(noises.allSatisfy { $0 > 0 }, "Every level has noise.")
    self.points = points
    self.noises = noises
  }

  public var dimension: Int { points.dimension }

  /// The score; of the level only the scale alpha of the points is used, not the noise.
  public func score(at x: Points, level: NoiseLevel) -> Points {
    var result = Points(zeros: x.count, dimension: dimension)
    for row in 0..<x.count {
      let u = x.row(row).map { $0 / level.alpha }
      let gradient = evaluate(at: u).gradient
      for axis in 0..<dimension { result[row, axis] = gradient[axis] / level.alpha }
    }
    return result
  }

  /// `log sum_ij exp(f_ij)` at each point, `[x.count]`, in nats up to a constant.
  public func logDensity(at x: Points) -> [Double] {
    (0..<x.count).map { evaluate(at: x.row($0)).logSum }
  }

  /// One step of ascent on the log density: `x + s(x) / sum_i share_i sigma_i^-2`, the weighted mean of the
  /// training points.
  ///
  /// It never lowers the log density: a mean shift over all levels at once (Comaniciu and Meer 2002, IEEE Trans.
  /// Pattern Anal. Mach. Intell. 24, whose step it is at one level).
  public func ascended(_ x: Points) -> Points {
    var result = x
    for row in 0..<x.count {
      let found = evaluate(at: x.row(row))
      let precision = zip(found.levels, noises).reduce(0.0) { $0 + $1.0 / ($1.1 * $1.1) }
      for axis in 0..<dimension { result[row, axis] += found.gradient[axis] / precision }
    }
    return result
  }

  /// The shares of the levels at a point, `[noises.count]`, which sum to one.
  public func levelShares(at point: [Double]) -> [Double] { evaluate(at: point).levels }

  private func evaluate(
    at u: [Double]
  ) -> (logSum: Double, levels: [Double], gradient: [Double]) {
    precondition(u.count == dimension, "Points and score differ in dimension.")
    let squared = (0..<points.count).map { j in
      u.indices.reduce(0.0) { $0 + (u[$1] - points[j, $1]) * (u[$1] - points[j, $1]) }
    }
    let exponents = noises.map { noise in
      squared.map { -Double(dimension - 2) * log(noise) - $0 / (2 * noise * noise) }
    }
    let largest = exponents.joined().max() ?? 0
    var levels = Array(repeating: 0.0, count: noises.count)
    var gradient = Array(repeating: 0.0, count: dimension)
    for i in noises.indices {
      for j in squared.indices {
        let weight = exp(exponents[i][j] - largest)
        levels[i] += weight
        for axis in 0..<dimension {
          gradient[axis] += weight * (points[j, axis] - u[axis]) / (noises[i] * noises[i])
        }
      }
    }
    let total = levels.reduce(0, +)
    return (largest + log(total), levels.map { $0 / total }, gradient.map { $0 / total })
  }
}
