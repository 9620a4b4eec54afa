/// Masses of points that sum to one: a distribution under which every mean and every quantile is a finite
/// sum.
public struct PointMasses: Sendable, Equatable {
  /// The share of the distribution that each point stands for, `[count]`.
  public let values: [Double]

  /// Masses in proportion to weights.
  ///
  /// - Precondition: Every weight is positive; they need not sum to one.
  public init(_ weights: [Double]) {
    precondition(weights.allSatisfy { $0 > 0 }, "Each point has a mass.")
    let total = weights.reduce(0, +)
    values = weights.map { $0 / total }
  }

  /// The mean of a function.
  ///
  /// - Parameter function: Its value at each point.
  /// - Returns: The sum of the values times the masses.
  public func mean(of function: [Double]) -> Double {
    precondition(function.count == values.count, "The function has a value at each point.")
    return zip(function, values).reduce(0.0) { $0 + $1.0 * $1.1 }
  }

  /// The smallest value that a function exceeds with a probability of at most delta, for each delta.
  ///
  /// - Parameters:
  ///   - function: Its value at each point.
  ///   - deltas: Probabilities in (0, 1).
  /// - Returns: The (1 - delta) quantiles; NaN where a value is NaN.
  public func quantiles(of function: [Double], deltas: [Double]) -> [Double] {
    precondition(function.count == values.count, "The function has a value at each point.")
    guard !function.contains(where: \.isNaN) else { return deltas.map { _ in .nan } }
    let order = function.indices.sorted { function[$0] > function[$1] }
    return deltas.map { delta in
      var above = 0.0
      for index in order {
        above += values[index]
        if above > delta { return function[index] }
      }
      return order.last.map { function[$0] } ?? .nan
    }
  }
}
