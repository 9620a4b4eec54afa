import CVectorKernels

/// The forward pass of a network over rows that share one noise level.
struct EvaluationPass: Sendable {
  /// The most rows of one call.
  static let rows = 256

  let shape: NetworkShape
  /// Where the network's parameters start in the buffer.
  let base: Int
  let inputScale: Double
  /// The result is `factor F(x) + skip x`.
  let factor: Double
  let skip: Double
  /// The first layer's bias, time features included.
  let firstBias: [Float]

  /// Evaluates up to ``rows`` points, `[rows, dimension]`.
  func run(
    _ source: UnsafePointer<Double>, into target: UnsafeMutablePointer<Double>, rows: Int,
    parameters: UnsafePointer<Float>
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * rows * shape.widest) { scratch in
      guard var current = scratch.baseAddress else { return }
      var next = current + rows * shape.widest
      writeInput(source, into: current, rows: rows)
      for (index, layer) in shape.layers.enumerated() {
        let isHidden = index < shape.hidden.count
        MatrixProduct.multiply(
          current, parameters + base + layer.weightOffset, into: next, m: rows, n: layer.outputs,
          k: index == 0 ? shape.pointInputs : layer.inputs)
        if isHidden { activate(layer, index: index, next, parameters: parameters, rows: rows) }
        if layer.isResidual { sf_add(next, current, rows * layer.outputs) }
        swap(&current, &next)
      }
      writeResult(current, of: source, into: target, rows: rows, parameters: parameters)
    }
  }

  private func writeInput(
    _ source: UnsafePointer<Double>, into input: UnsafeMutablePointer<Float>, rows: Int
  ) {
    let (d, stride) = (shape.dimension, shape.pointInputs)
    let scale = inputScale
    if stride == d {
      for i in 0..<rows * d { input[i] = Float(scale * source[i]) }
      return
    }
    for row in 0..<rows {
      for axis in 0..<d { input[row * stride + axis] = Float(scale * source[row * d + axis]) }
    }
    sf_position_features(
      input, d, shape.positionFrequencies, shape.positionFrequencies.count, rows, stride)
  }

  private func activate(
    _ layer: NetworkShape.Layer, index: Int, _ z: UnsafeMutablePointer<Float>,
    parameters: UnsafePointer<Float>, rows: Int
  ) {
    guard index == 0 else {
      return shape.activation.apply(
        z, bias: parameters + base + layer.biasOffset, rows: rows, width: layer.outputs)
    }
    firstBias.withUnsafeBufferPointer { bias in
      guard let bias = bias.baseAddress else { return }
      shape.activation.apply(z, bias: bias, rows: rows, width: layer.outputs)
    }
  }

  private func writeResult(
    _ output: UnsafePointer<Float>, of source: UnsafePointer<Double>,
    into target: UnsafeMutablePointer<Double>, rows: Int, parameters: UnsafePointer<Float>
  ) {
    let d = shape.dimension
    let last = shape.layers[shape.layers.count - 1]
    for row in 0..<rows {
      for axis in 0..<d {
        let i = row * d + axis
        // A linear network's only layer is also the one that the time features are folded into.
        let bias =
          shape.hidden.isEmpty ? firstBias[axis] : parameters[base + last.biasOffset + axis]
        target[i] = factor * Double(output[i] + bias) + skip * source[i]
      }
    }
  }
}
