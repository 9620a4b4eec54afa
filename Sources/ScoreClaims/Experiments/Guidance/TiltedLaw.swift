import Glibc
import ScoreCore

/// The law in proportion to `p(x|y)^(1+w) p(x)^(-w)`, by the trapezoidal rule.
///
/// The classes are N(-1, s^2) and N(1, s^2) in equal shares, and y is the right one: the law is in proportion to
/// `N(1, s^2)` times `p(y|x)^w`, where `p(y|x) = 1 / (1 + exp(-2x / s^2))`.
struct TiltedLaw: Sendable {
  private let nodes: [Double]
  /// The shares of nodes, of sum one.
  private let masses: [Double]
  /// The share below each node, half of its own included.
  private let below: [Double]
  let mean: Double
  let deviation: Double

  private static let nodeCount = 4001
  /// How far nodes reach about the mean, in deviations.
  private static let reach = 10.0

  init(deviation s: Double, weight: Double) {
    let last = Double(Self.nodeCount - 1)
    let nodes = (0..<Self.nodeCount).map { 1 + s * Self.reach * (2 * Double($0) / last - 1) }
    let logs = nodes.map { x in
      let z = -2 * x / (s * s)
      let softplus = z > 0 ? z + log1p(exp(-z)) : log1p(exp(z))
      return -(x - 1) * (x - 1) / (2 * s * s) - weight * softplus
    }
    let largest = logs.max() ?? 0
    let densities = logs.map { exp($0 - largest) }
    let total = densities.reduce(0, +)
    let masses = densities.map { $0 / total }
    var sum = 0.0
    below = masses.map { mass in
      sum += mass
      return sum - mass / 2
    }
    let mean = zip(nodes, masses).reduce(0.0) { $0 + $1.0 * $1.1 }
    deviation = zip(nodes, masses).reduce(0.0) {
      $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean)
    }.squareRoot()
    (self.nodes, self.masses, self.mean) = (nodes, masses, mean)
  }

  /// The probability of what is below.
  func share(below x: Double) -> Double {
    guard let first = nodes.first, nodes.count > 1 else { return .nan }
    let place = (x - first) / (nodes[1] - first)
    guard place > 0 else { return 0 }
    guard place < Double(nodes.count - 1) else { return 1 }
    let index = Int(place)
    return below[index] + (place - Double(index)) * (below[index + 1] - below[index])
  }

  /// The law as points, dense next to any noise that it is taken with.
  var distribution: IsotropicMixture {
    // Points without weight would be no part of a mixture, and every tenth is close enough.
    let kept = nodes.indices.filter { $0 % 10 == 0 && masses[$0] > 1e-14 }
    return IsotropicMixture(
      means: Points(values: kept.map { nodes[$0] }, dimension: 1),
      weights: kept.map { masses[$0] }, deviations: kept.map { _ in 0 })
  }

  /// The root mean square gap of a score to that of the noisy law, over the root mean square of the latter,
  /// under the noisy law.
  func scoreGap(of score: any ScoreFunction, level: NoiseLevel) -> Double {
    let law = distribution
    let half = 8 * hypot(level.alpha * deviation, level.sigma)
    let x = Points(
      values: (0...800).map { level.alpha * mean + half * (Double($0) / 400 - 1) }, dimension: 1)
    let weights = law.logDensity(at: x, level: level).map { exp($0) }
    let (own, found) = (law.score(at: x, level: level), score.score(at: x, level: level))
    var (gap, size) = (0.0, 0.0)
    for place in weights.indices {
      gap += weights[place] * pow(found.values[place] - own.values[place], 2)
      size += weights[place] * pow(own.values[place], 2)
    }
    return (gap / size).squareRoot()
  }
}
