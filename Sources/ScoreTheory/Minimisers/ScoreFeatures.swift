package import ScoreCore

/// What a prediction that is linear in its weights multiplies them with.
///
/// The prediction is `W^T phi(x, level)`, with a column of W for each coordinate.
package protocol ScoreFeatures: Sendable {
  /// The number of coordinates of a point.
  var dimension: Int { get }
  /// The number p of features.
  var count: Int { get }
  /// The features at points, `[x.count, p]` row-major.
  func values(at x: Points, level: NoiseLevel) -> [Double]
}

/// The coordinates themselves, with a 1 behind them or without.
package struct LinearFeatures: ScoreFeatures, Equatable {
  package let dimension: Int
  package let hasIntercept: Bool

  package init(dimension: Int, hasIntercept: Bool) {
    self.dimension = dimension
    self.hasIntercept = hasIntercept
  }

  package var count: Int { dimension + (hasIntercept ? 1 : 0) }

  package func values(at x: Points, level: NoiseLevel) -> [Double] {
    hasIntercept ? appendingOne(to: x.values, width: dimension) : x.values
  }
}

/// What the output layer of a perceptron is given, and a 1 for its bias.
///
/// With frozen hidden layers these are all that training multiplies with weights: random features
/// (Rahimi and Recht 2007), and with no hidden layer the inputs.
package struct NetworkFeatures: ScoreFeatures {
  private let network: NetworkScore

  /// - Parameter network: A perceptron without conditions; what its output layer holds does not matter.
  package init(_ network: NetworkScore) { self.network = network }

  package var dimension: Int { network.dimension }

  package var count: Int {
    guard let perceptron = network.architecture as? Perceptron, let last = perceptron.layers.last
    else { preconditionFailure("Perceptrons have an output layer.") }
    return last.inputs + 1
  }

  package func values(at x: Points, level: NoiseLevel) -> [Double] {
    appendingOne(to: network.outputLayerInputs(at: x, level: level), width: count - 1)
  }
}

/// Rows with a 1 behind each.
private func appendingOne(to rows: [Double], width: Int) -> [Double] {
  var result: [Double] = []
  result.reserveCapacity(rows.count / width * (width + 1))
  for start in stride(from: 0, to: rows.count, by: width) {
    result.append(contentsOf: rows[start..<start + width])
    result.append(1)
  }
  return result
}
