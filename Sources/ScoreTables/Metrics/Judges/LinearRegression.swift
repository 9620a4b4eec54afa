import ScoreCore

/// Linear regression with a penalty on the weights.
///
/// It minimises `|w|^2 + sum (y - w x - b)^2`; the intercept `b` is free. That is scikit-learn's Ridge with
/// its standard alpha = 1.
///
/// Source: Hoerl and Kennard 1970, "Ridge Regression", Technometrics 12.
struct LinearRegression: Sendable, Equatable {
  /// The weights of the coordinates.
  let weights: [Double]
  let intercept: Double

  /// Fits the numbers of rows; all of both are finite.
  init(_ x: Points, _ numbers: [Double]) {
    let n = Double(x.count)
    let centre = (0..<x.dimension).map { x.column($0).reduce(0, +) / n }
    let mean = numbers.reduce(0, +) / n
    var equations = NormalEquations(featureCount: x.dimension, outputCount: 1)
    equations.add(
      features: x.values.indices.map { x.values[$0] - centre[$0 % x.dimension] },
      outputs: numbers.map { $0 - mean }, weights: Array(repeating: 1, count: x.count))
    // Coordinates so large that the penalty is lost to rounding teach nothing.
    weights = equations.weights(ridge: 1) ?? Array(repeating: 0, count: x.dimension)
    intercept = mean - zip(weights, centre).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The number of each row, `[x.count]`.
  func numbers(_ x: Points) -> [Double] {
    (0..<x.count).map { row in
      weights.indices.reduce(intercept) { $0 + weights[$1] * x[row, $1] }
    }
  }
}
