import CVectorKernels

extension NetworkScore {
  /// Evaluates the network on `rows` points whose time features are in `firstBias`.
  func predict(
    _ source: UnsafePointer<Double>, into target: UnsafeMutablePointer<Double>, rows: Int,
    firstBias: [Float]
  ) {
    _ = MatrixProduct.setUp
    let widest = shape.widest
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * rows * widest) { scratch in
      guard var current = scratch.baseAddress else { return }
      var next = current + rows * widest
      for i in 0..<rows * shape.dimension { current[i] = Float(source[i]) }
      parameters.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        for (index, layer) in shape.layers.enumerated() {
          let isLast = index == shape.layers.count - 1
          MatrixProduct.multiply(
            current, base + layer.weightOffset, into: next, m: rows, n: layer.outputs,
            k: index == 0 ? shape.dimension : layer.inputs)
          if isLast {
            let bias = base + layer.biasOffset
            for i in 0..<rows * layer.outputs {
              target[i] = Double(next[i] + bias[i % layer.outputs])
            }
          } else if index == 0 {
            firstBias.withUnsafeBufferPointer {
              sf_silu_apply(next, $0.baseAddress, rows, layer.outputs)
            }
          } else {
            sf_silu_apply(next, base + layer.biasOffset, rows, layer.outputs)
          }
          swap(&current, &next)
        }
      }
    }
  }
}

/// Sines and cosines of the log signal-to-noise ratio.
enum TimeFeatures {
  /// `[sin(omega_1 u) ..., cos(omega_1 u) ...]` of one ratio `u`.
  static func values(logSNR: Float, frequencies: [Float]) -> [Float] {
    var result = [Float](repeating: 0, count: 2 * frequencies.count)
    var lambda = logSNR
    sf_wave_features(&lambda, frequencies, &result, 1, frequencies.count, result.count)
    return result
  }
}
