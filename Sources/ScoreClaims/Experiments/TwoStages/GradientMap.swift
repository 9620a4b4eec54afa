import Glibc
import ScoreCore

/// A map of a space to itself that is the gradient of a scalar two-layer network, in float64.
///
/// ```
/// Phi(x) = sum over r of a_r log cosh(w_r . x + b_r),   D(x) = sum over r of a_r w_r tanh(w_r . x + b_r)
/// ```
/// Trained to give clean points back from noisy ones at one low level, it is a denoiser whose score
/// `(D(x) - x) / sigma^2` is a gradient too, and it goes to the projection on what the data lie on.
///
/// Source: stage 1 of Huang et al. 2026 (arXiv:2605.20235), a two-layer network in gradient form at low
/// noise; the activation and the training are our own.
struct GradientMap: Sendable, Equatable {
  let dimension: Int
  let width: Int
  /// The weights `[width, dimension]`, the biases `[width]`, the outer weights `[width]`.
  var parameters: [Double]

  init(dimension: Int, width: Int, using stream: inout RandomStream) {
    (self.dimension, self.width) = (dimension, width)
    let weights = stream.normals(count: width, dimension: dimension).values
    parameters = weights + Array(repeating: 0, count: width)
    // Small, so that training starts near D = 0, and not at the same place for all neurons.
    for _ in 0..<width { parameters.append(0.1 * stream.normal() / Double(width)) }
  }

  private var biases: Int { width * dimension }
  private var outer: Int { biases + width }

  private func argument(_ r: Int, _ point: [Double]) -> Double {
    (0..<dimension).reduce(parameters[biases + r]) {
      $0 + parameters[r * dimension + $1] * point[$1]
    }
  }

  /// D at a point, `[dimension]`.
  func map(_ point: [Double]) -> [Double] {
    var result = Array(repeating: 0.0, count: dimension)
    for r in 0..<width {
      let factor = parameters[outer + r] * tanh(argument(r, point))
      for i in 0..<dimension { result[i] += factor * parameters[r * dimension + i] }
    }
    return result
  }

  /// The Jacobian of D at a point times a direction, `[dimension]`.
  func derivative(at point: [Double], along direction: [Double]) -> [Double] {
    var result = Array(repeating: 0.0, count: dimension)
    for r in 0..<width {
      let value = tanh(argument(r, point))
      let change = (0..<dimension).reduce(0.0) {
        $0 + parameters[r * dimension + $1] * direction[$1]
      }
      let factor = parameters[outer + r] * (1 - value * value) * change
      for i in 0..<dimension { result[i] += factor * parameters[r * dimension + i] }
    }
    return result
  }

  /// The direction that D keeps most at a point, of unit length and at no obtuse angle to a first guess:
  /// the tangent of a curve that D projects on.
  func tangent(at point: [Double], near guess: [Double], rounds: Int = 12) -> [Double] {
    var found = guess
    for _ in 0..<rounds {
      let moved = derivative(at: point, along: found)
      let length = moved.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
      guard length > 1e-12 else { return found }
      found = moved.map { $0 / length }
    }
    let side = zip(found, guess).reduce(0.0) { $0 + $1.0 * $1.1 }
    return side < 0 ? found.map { -$0 } : found
  }
}

extension GradientMap: DescentLoss {
  /// The mean of `||D(noisy) - clean||^2` over rows of noisy points next to clean ones,
  /// `[rows, 2 dimension]`, with its gradient added.
  func loss(on rows: Points, gradient: inout [Double]) -> Double {
    var sum = 0.0
    var values = Array(repeating: 0.0, count: width)
    var miss = Array(repeating: 0.0, count: dimension)
    let scale = 1 / Double(rows.count)
    for row in 0..<rows.count {
      let point = Array(rows.values[row * 2 * dimension..<(row * 2 + 1) * dimension])
      for i in 0..<dimension { miss[i] = -rows[row, dimension + i] }
      for r in 0..<width {
        values[r] = tanh(argument(r, point))
        let factor = parameters[outer + r] * values[r]
        for i in 0..<dimension { miss[i] += factor * parameters[r * dimension + i] }
      }
      sum += miss.reduce(0.0) { $0 + $1 * $1 }
      for r in 0..<width {
        let (value, weight) = (values[r], parameters[outer + r])
        var along = 0.0
        for i in 0..<dimension { along += parameters[r * dimension + i] * miss[i] }
        along *= 2 * scale
        let inner = weight * (1 - value * value) * along
        gradient[outer + r] += value * along
        gradient[biases + r] += inner
        for i in 0..<dimension {
          gradient[r * dimension + i] += 2 * scale * weight * value * miss[i] + inner * point[i]
        }
      }
    }
    return sum * scale
  }
}
