/// A distribution on the line by its values at evenly spaced points: means and quantiles of functions of a
/// noisy point, without drawing.
///
/// By the trapezoidal rule, whose error for functions with kinks is of the order of the spacing squared.
public struct LineQuadrature: Sendable, Equatable {
  /// The points, ascending.
  public let nodes: [Double]
  /// The share of the distribution at each; they sum to 1.
  public let weights: [Double]

  /// Points of a regression's noisy distribution.
  public init(_ regression: TwoAtomRegression, count: Int) {
    let reach = regression.reach
    let nodes = (0..<count).map { -reach + 2 * reach * Double($0) / Double(count - 1) }
    let densities = nodes.map { regression.density($0) }
    let total = densities.reduce(0, +)
    self.nodes = nodes
    weights = densities.map { $0 / total }
  }

  /// The mean of a function's values at the nodes.
  public func mean(_ values: [Double]) -> Double {
    zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The value that a share delta of the distribution exceeds: the (1 - delta) quantile.
  public func quantile(_ values: [Double], delta: Double) -> Double {
    var left = 1 - delta
    for place in values.indices.sorted(by: { values[$0] < values[$1] }) {
      left -= weights[place]
      if left <= 0 { return values[place] }
    }
    return values.max() ?? .nan
  }
}
