import Glibc
import ScoreCore

/// Slice sampling of the posterior of ``SimpleLikelihoodSimulator``, one parameter after the other.
///
/// Each parameter's slice is looked for from the whole range of the prior, so a sweep can go from one part of the
/// posterior to another.
///
/// Source: Neal 2003, Annals of Statistics 31, 705, section 4, with shrinkage from the whole range.
struct SimpleLikelihoodChain {
  /// Sweeps before the first draw and between two.
  private static let (warmUp, thinning) = (2000, 60)
  /// Draws of the prior among which the start is the most likely one.
  private static let startCount = 20_000
  private static let bound = SimpleLikelihoodSimulator.bound

  private let points: [(x: Double, y: Double)]
  private(set) var theta: [Double]
  private var logDensity: Double

  init(_ observation: [Double], using stream: inout RandomStream) {
    points = (0..<observation.count / 2).map { (observation[2 * $0], observation[2 * $0 + 1]) }
    (theta, logDensity) = ([], -.infinity)
    let starts = SimpleLikelihoodSimulator().drawPrior(count: Self.startCount, using: &stream)
    for row in 0..<starts.count {
      let value = logLikelihood(starts.row(row))
      if theta.isEmpty || value > logDensity { (theta, logDensity) = (starts.row(row), value) }
    }
    for _ in 0..<Self.warmUp { sweep(using: &stream) }
  }

  mutating func draw(using stream: inout RandomStream) -> [Double] {
    for _ in 0..<Self.thinning { sweep(using: &stream) }
    return theta
  }

  private mutating func sweep(using stream: inout RandomStream) {
    for axis in theta.indices {
      let height = logDensity + log(stream.uniform())
      var (low, high) = (-Self.bound, Self.bound)
      let old = theta[axis]
      // Ends at the latest where rounding leaves the old value alone.
      while high - low > 1e-14 {
        theta[axis] = low + (high - low) * stream.uniform()
        let value = logLikelihood(theta)
        if value >= height {
          logDensity = value
          break
        }
        if theta[axis] < old { low = theta[axis] } else { high = theta[axis] }
        theta[axis] = old
      }
    }
  }

  private func logLikelihood(_ theta: [Double]) -> Double {
    let (first, second, rho) = (theta[2] * theta[2], theta[3] * theta[3], tanh(theta[4]))
    let rest = second * (1 - rho * rho).squareRoot()
    guard first > 0, rest > 0 else { return -.infinity }
    return points.reduce(-4 * log(first * rest)) { sum, point in
      let z = (point.x - theta[0]) / first
      let w = (point.y - theta[1] - rho * second * z) / rest
      return sum - (z * z + w * w) / 2
    }
  }
}
