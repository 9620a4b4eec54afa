extension NetworkScore {
  /// What the output layer of a perceptron is given at points, which its weights multiply: of a network
  /// whose hidden layers are frozen, the random features.
  ///
  /// - Parameters:
  ///   - x: The points.
  ///   - level: Their noise level.
  /// - Returns: `[x.count, width]` row-major, without the 1 that the bias multiplies.
  /// - Precondition: The network is a perceptron.
  package func outputLayerInputs(at x: Points, level: NoiseLevel) -> [Double] {
    guard let network = architecture as? Perceptron else {
      preconditionFailure("Perceptrons have an output layer.")
    }
    let (encoding, last) = (network.encoding, network.layers.count - 1)
    let (width, rowLimit) = (network.layers[last].inputs, EvaluationPass.rows)
    let layout = network.layout(rows: min(max(1, x.count), rowLimit), keepsDerivatives: false)
    let (scale, features) = (target.inputScale(at: level), sharedFeatures(at: level))
    var result = [Double](repeating: 0, count: x.count * width)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: layout.count) { scratch in
      withParameters(at: level) { parameters in
        guard let scratch = scratch.baseAddress else { return }
        for start in stride(from: 0, to: x.count, by: rowLimit) {
          let pass = NetworkPass(
            layout: layout, rows: min(rowLimit, x.count - start), inputs: encoding.count,
            shared: nil, parameters: parameters, scratch: scratch)
          for row in 0..<pass.rows {
            let input = pass.input + row * encoding.count
            for axis in 0..<dimension { input[axis] = Float(scale * x[start + row, axis]) }
            for (k, feature) in features.enumerated() { input[encoding.pointInputs + k] = feature }
          }
          encoding.completePoints(pass.rows, in: pass.input, stride: encoding.count)
          network.forward(pass)
          let piece = pass.piece(last)
          result.withUnsafeMutableBufferPointer { values in
            for i in 0..<pass.rows * width { values[start * width + i] = Double(piece[i]) }
          }
        }
      }
    }
    return result
  }
}
