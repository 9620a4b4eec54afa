import Glibc
import ScoreCore

/// The angles of the newest samples against the exact density of the angle, over the steps.
///
/// With n samples in B bins of equal width the divergence of their shares from the exact ones is
/// ```
/// KL = sum_b n_b / n log (n_b / n) / p_b
/// ```
/// in nats. Samples of the exact distribution have about `(B - 1) / 2 n`, which is its null; an angle that is uniform has
/// the divergence of equal shares.
///
/// Source: standard; the refinement that it shows is that of Huang et al. 2026 (arXiv:2605.20235).
public struct AngularDensity: Sendable, Equatable {
  /// The step whose averaged weights drove the samples.
  public let step: Int
  public let sampleCount: Int
  /// The share of the samples in each bin from -pi to pi, `[bins]`; empty where the data have no
  /// angle.
  public let shares: [Double]
  /// The exact shares, at the time at which the sampler stops.
  public let exact: [Double]
  /// In nats.
  public let divergence: Double
  /// From 5% to 95% of the draws of the null.
  public let null: ClosedRange<Double>
  /// The divergence of equal shares.
  public let uniform: Double
  /// The divergence at the steps so far.
  public internal(set) var history: [LiveMetric.Point]

  /// Of data that are not on a circle.
  static func unknown(step: Int) -> AngularDensity {
    AngularDensity(
      step: step, sampleCount: 0, shares: [], exact: [], divergence: 0, null: 0...0, uniform: 0,
      history: [])
  }

  /// The exact shares of a von Mises circle at a level: the density of the plane summed along the radius.
  static func shares(of law: AngularLaw, level: NoiseLevel, bins: Int) -> [Double] {
    let circle = VonMisesCircle(concentration: law.concentration, radius: law.radius)
    let (middle, reach) = (level.alpha * law.radius, 8 * level.sigma)
    let lowest = max(0, middle - reach)
    let step = (middle + reach - lowest) / Double(radialSteps)
    var (x, weights): ([Double], [Double]) = ([], [])
    for part in 0..<bins * partsOfBin {
      let angle = Double.pi * (2 * (Double(part) + 0.5) / Double(bins * partsOfBin) - 1)
      for k in 0..<radialSteps {
        let r = lowest + (Double(k) + 0.5) * step
        x += [r * cos(angle), r * sin(angle)]
        weights.append(r)
      }
    }
    let density = circle.logDensity(at: Points(values: x, dimension: 2), level: level)
    let perBin = partsOfBin * radialSteps
    let masses = (0..<bins).map { bin in
      (bin * perBin..<(bin + 1) * perBin).reduce(0.0) { $0 + weights[$1] * exp(density[$1]) }
    }
    let total = masses.reduce(0, +)
    // A bin that float64 has no number for still has some mass.
    return masses.map { max($0 / total, 1e-300) }
  }

  /// The rule of equal steps over 16 deviations of a smooth density.
  private static let radialSteps = 64
  private static let partsOfBin = 8

  /// The divergence of shares from the exact ones, in nats.
  static func divergence(of shares: [Double], from exact: [Double]) -> Double {
    zip(shares, exact).reduce(0) { $0 + ($1.0 > 0 ? $1.0 * log($1.0 / $1.1) : 0) }
  }

  /// The share of angles in each bin from -pi to pi.
  static func shares(of angles: [Double], bins: Int) -> [Double] {
    var shares = Array(repeating: 0.0, count: bins)
    for angle in angles {
      let place = Int((angle / Double.pi + 1) / 2 * Double(bins))
      shares[min(max(place, 0), bins - 1)] += 1 / Double(angles.count)
    }
    return shares
  }
}
