import Glibc
import ScoreCore
import ScoreTheory

/// Noisy points (x, t) of a distribution on the line, with x evenly spaced and t in the middle of equal
/// parts of the time range: means and quantiles without drawing, and the best prediction at each.
struct NoisyLine: Sendable {
  /// The noisy points.
  let x: [Double]
  let times: [Double]
  /// The share of the distribution at each; they sum to 1.
  let weights: [Double]
  /// The best prediction `E[X_0 | x_t]` at each.
  let truth: [Double]

  /// Lays points out.
  ///
  /// - Parameters:
  ///   - values: Times, and the widest part, which the points reach 6 deviations of.
  ///   - distribution: The distribution of the data.
  ///   - timeCount: The number of times.
  init(
    _ values: LocalisedRegression, _ distribution: any KnownScoreDistribution, timeCount: Int
  ) {
    var (x, times, weights, truth): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
    let reach = 6 * (1 + values.wideDeviation * values.wideDeviation).squareRoot()
    // A part of deviation 0.2 under the least noise is 1.5 nodes wide: the trapezoidal rule errs by less
    // than rounding there.
    let count = 2 * Int((reach / 0.165).rounded(.up)) + 1
    let nodes = (0..<count).map { -reach + 2 * reach * Double($0) / Double(count - 1) }
    for place in 0..<timeCount {
      let share = (Double(place) + 0.5) / Double(timeCount)
      let time = values.firstTime + (values.lastTime - values.firstTime) * share
      let level = values.level(at: time)
      let densities = distribution.logDensity(
        at: Points(values: nodes, dimension: 1), level: level
      ).map { exp($0) }
      let total = densities.reduce(0, +) * Double(timeCount)
      x += nodes
      times += nodes.map { _ in time }
      weights += densities.map { $0 / total }
      truth += Self.truth(nodes, distribution, level)
    }
    (self.x, self.times, self.weights, self.truth) = (x, times, weights, truth)
  }

  /// The best prediction at noisy points of one level, by Tweedie's formula.
  static func truth(
    _ x: [Double], _ distribution: any KnownScoreDistribution, _ level: NoiseLevel
  ) -> [Double] {
    let score = distribution.score(at: Points(values: x, dimension: 1), level: level)
    return zip(x, score.values).map { ($0 + level.sigma * level.sigma * $1) / level.alpha }
  }

  var count: Int { x.count }

  /// The mean of values at the points.
  func mean(_ values: [Double]) -> Double {
    zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The value that a share delta of the distribution exceeds.
  func quantile(_ values: [Double], delta: Double) -> Double {
    var left = 1 - delta
    for place in values.indices.sorted(by: { values[$0] < values[$1] }) {
      left -= weights[place]
      if left <= 0 { return values[place] }
    }
    return values.max() ?? .nan
  }
}
