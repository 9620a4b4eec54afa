import Glibc
import ScoreCore
import ScoreLab

/// A mixture of Gaussians on the line, by its distribution function.
struct LineMixture: Sendable, Equatable {
  struct Part: Sendable, Equatable {
    var weight: Double
    var mean: Double
    var deviation: Double
  }

  /// The parts, whose weights sum to one.
  let parts: [Part]

  init(_ parts: [Part]) { self.parts = parts }

  /// The mixture of its noisy points.
  func noisy(at level: NoiseLevel) -> LineMixture {
    LineMixture(
      parts.map {
        Part(
          weight: $0.weight, mean: level.alpha * $0.mean,
          deviation: hypot(level.alpha * $0.deviation, level.sigma))
      })
  }

  /// The probability of what is below.
  func share(below x: Double) -> Double {
    parts.reduce(0.0) { $0 + $1.weight * StandardNormal.cdf((x - $1.mean) / $1.deviation) }
  }

  /// The point that has a share below it, by bisection.
  ///
  /// - Precondition: `0 < p < 1`.
  func quantile(_ p: Double) -> Double {
    let places = parts.map { $0.mean + $0.deviation * StandardNormal.quantile(p) }
    var (low, high) = (places.min() ?? .nan, places.max() ?? .nan)
    while high > low {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { break }
      if share(below: middle) < p { low = middle } else { high = middle }
    }
    return high
  }
}
