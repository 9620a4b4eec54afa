import Glibc
import ScoreCore

/// The distribution `N(mean, variance)` on the line.
struct NormalLaw: Codable, Sendable, Equatable {
  var mean: Double
  /// Positive.
  var variance: Double

  /// The distribution of its points at a noise level.
  func noisy(at level: NoiseLevel) -> NormalLaw {
    NormalLaw(
      mean: level.alpha * mean,
      variance: level.alpha * level.alpha * variance + level.sigma * level.sigma)
  }

  /// As many points.
  func sample(count: Int, using stream: inout RandomStream) -> Points {
    var points = stream.normals(count: count, dimension: 1)
    let deviation = variance.squareRoot()
    for i in points.values.indices { points.values[i] = mean + deviation * points.values[i] }
    return points
  }

  func density(_ x: Double) -> Double {
    let deviation = variance.squareRoot()
    return StandardNormal.density((x - mean) / deviation) / deviation
  }

  /// The share of its points between two places.
  func share(between places: ClosedRange<Double>) -> Double {
    let deviation = variance.squareRoot()
    return StandardNormal.cdf((places.upperBound - mean) / deviation)
      - StandardNormal.cdf((places.lowerBound - mean) / deviation)
  }

  /// The places between which one of the densities is the larger, and beyond which the other is.
  ///
  /// In units in which the other is N(0, 1) and this `N(m, v)`, the logarithm of the ratio of the
  /// densities is `a x^2 + b x + c`, whose roots are found without cancellation; for equal variances
  /// one is infinite. Nil for equal distributions.
  func crossings(with other: NormalLaw) -> ClosedRange<Double>? {
    let unit = other.variance.squareRoot()
    let (m, v) = ((mean - other.mean) / unit, variance / other.variance)
    let (a, b) = ((v - 1) / (2 * v), m / v)
    let c = -log(v) / 2 - m * m / (2 * v)
    guard a != 0 || b != 0 else { return nil }
    let root = max(0, b * b - 4 * a * c).squareRoot()
    let q = b < 0 ? (root - b) / 2 : -(root + b) / 2
    let (first, second) = (q / a, c / q)
    guard !first.isNaN, !second.isNaN else { return nil }
    return other.mean + unit * min(first, second)...other.mean + unit * max(first, second)
  }

  /// The total variation distance, from where the densities cross; NaN where a number is.
  func totalVariation(to other: NormalLaw) -> Double {
    guard mean.isFinite, variance.isFinite else { return .nan }
    guard let places = crossings(with: other) else { return 0 }
    return abs(share(between: places) - other.share(between: places))
  }

  /// The same by quadrature of the densities.
  func totalVariationByQuadrature(to other: NormalLaw) -> Double {
    let reach = 12 * max(variance, other.variance).squareRoot()
    let ends = [min(mean, other.mean) - reach, max(mean, other.mean) + reach]
    let inner = crossings(with: other).map { [$0.lowerBound, $0.upperBound] } ?? []
    let places =
      (ends + [mean, other.mean] + inner.filter { $0 > ends[0] && $0 < ends[1] }).sorted()
    return AdaptiveQuadrature.integrate(over: places) { x in
      x.map { abs(density($0) - other.density($0)) / 2 }
    }
  }
}
