import Glibc
import ScoreCore

/// An autoencoder with a Gaussian code that is drawn to N(0, I), each side with one hidden layer.
///
/// ```
/// loss = ||x_hat - x||^2 / (2 s^2) + KL(N(mu(x), diag v(x)) || N(0, I)),   x_hat = decoder(mu + sqrt(v) eps)
/// ```
///
/// Source: Kingma and Welling 2014 (arXiv:1312.6114), eq. 10; Rombach et al. 2022 (arXiv:2112.10752),
/// section 3.1, for diffusion on such codes.
struct VariationalCode: Sendable, Equatable {
  let dimension: Int
  /// The number of coordinates.
  let code: Int
  let width: Int
  /// The deviation s of what is decoded.
  let deviation: Double
  var parameters: [Double]
  private let encoder: Layers
  private let decoder: Layers

  /// Two layers at a place of the parameters.
  private struct Layers: Sendable, Equatable {
    let inputs: Int
    let width: Int
    let outputs: Int
    let offset: Int

    var count: Int { width * (inputs + 1) + outputs * (width + 1) }
    private var second: Int { offset + width * (inputs + 1) }

    /// Hidden values and outputs.
    func values(_ p: [Double], _ input: [Double]) -> (hidden: [Double], output: [Double]) {
      var hidden = Array(repeating: 0.0, count: width)
      for r in 0..<width {
        let row = offset + r * (inputs + 1)
        var z = p[row + inputs]
        for i in 0..<inputs { z += p[row + i] * input[i] }
        hidden[r] = tanh(z)
      }
      var output = Array(repeating: 0.0, count: outputs)
      for o in 0..<outputs {
        let row = second + o * (width + 1)
        var z = p[row + width]
        for r in 0..<width { z += p[row + r] * hidden[r] }
        output[o] = z
      }
      return (hidden, output)
    }

    /// Adds the gradient for errors of the outputs; returns those of the inputs.
    func spread(
      _ p: [Double], _ input: [Double], _ hidden: [Double], errors: [Double],
      into gradient: inout [Double]
    ) -> [Double] {
      var back = Array(repeating: 0.0, count: width)
      for o in 0..<outputs {
        let row = second + o * (width + 1)
        gradient[row + width] += errors[o]
        for r in 0..<width {
          gradient[row + r] += errors[o] * hidden[r]
          back[r] += errors[o] * p[row + r]
        }
      }
      var result = Array(repeating: 0.0, count: inputs)
      for r in 0..<width {
        let row = offset + r * (inputs + 1)
        let error = back[r] * (1 - hidden[r] * hidden[r])
        gradient[row + inputs] += error
        for i in 0..<inputs {
          gradient[row + i] += error * input[i]
          result[i] += error * p[row + i]
        }
      }
      return result
    }

    /// Normal weights of deviation `1 / sqrt(inputs)` of their layer, biases of 0.
    func initial(using stream: inout RandomStream) -> [Double] {
      [(width, inputs), (outputs, width)].flatMap { rows, columns in
        (0..<rows).flatMap { _ in
          (0..<columns).map { _ in stream.normal() / Double(columns).squareRoot() } + [0]
        }
      }
    }
  }

  init(
    dimension: Int, code: Int, width: Int, deviation: Double, using stream: inout RandomStream
  ) {
    (self.dimension, self.code, self.width, self.deviation) = (dimension, code, width, deviation)
    encoder = Layers(inputs: dimension, width: width, outputs: 2 * code, offset: 0)
    decoder = Layers(inputs: code, width: width, outputs: dimension, offset: encoder.count)
    parameters = encoder.initial(using: &stream) + decoder.initial(using: &stream)
  }

  /// The mean of a point's code.
  func encode(_ point: [Double]) -> [Double] {
    Array(encoder.values(parameters, point).output[0..<code])
  }

  func decode(_ coordinates: [Double]) -> [Double] {
    decoder.values(parameters, coordinates).output
  }
}

extension VariationalCode: DescentLoss {
  /// The mean loss over rows of points next to the noise of their codes, `[rows, dimension + code]`, with
  /// its gradient added.
  func loss(on rows: Points, gradient: inout [Double]) -> Double {
    var sum = 0.0
    let scale = 1 / Double(rows.count)
    let precision = 1 / (deviation * deviation)
    for row in 0..<rows.count {
      let all = rows.row(row)
      let (point, noise) = (Array(all[0..<dimension]), Array(all[dimension...]))
      let (hidden, output) = encoder.values(parameters, point)
      let drawn = (0..<code).map { output[$0] + exp(output[code + $0] / 2) * noise[$0] }
      let (inner, decoded) = decoder.values(parameters, drawn)
      let misses = zip(decoded, point).map { $0 - $1 }
      sum += misses.reduce(0.0) { $0 + $1 * $1 } * precision / 2
      let back = decoder.spread(
        parameters, drawn, inner, errors: misses.map { scale * precision * $0 }, into: &gradient)
      var errors = Array(repeating: 0.0, count: 2 * code)
      for i in 0..<code {
        let (mean, logarithm) = (output[i], output[code + i])
        sum += (exp(logarithm) + mean * mean - 1 - logarithm) / 2
        errors[i] = back[i] + scale * mean
        errors[code + i] =
          back[i] * noise[i] * exp(logarithm / 2) / 2 + scale * (exp(logarithm) - 1) / 2
      }
      _ = encoder.spread(parameters, point, hidden, errors: errors, into: &gradient)
    }
    return sum * scale
  }
}
