extension NetworkScore {
  /// The gradient of `sum over axes of weights F(x)` by the parameters of the network for a level, at
  /// one point.
  ///
  /// F is the output as it is, whatever radius a target brings predictions back to. The products of
  /// such gradients at two points are the entries of the neural tangent kernel.
  ///
  /// Source: Jacot, Gabriel and Hongler 2018 (arXiv:1806.07572), section 3.
  ///
  /// - Parameters:
  ///   - x: The point, `[dimension]`.
  ///   - level: Its noise level.
  ///   - weights: The factor on each axis of the network's output F, `[dimension]`.
  /// - Returns: `[parameterCount]`; 0 where parameters are not trained.
  public func predictionGradient(
    at x: [Double], level: NoiseLevel, weights: [Double]
  ) -> [Float] {
    precondition(
      x.count == dimension && weights.count == dimension, "Point and weights have each axis.")
    let encoding = architecture.encoding
    let layout = architecture.layout(rows: 1, keepsDerivatives: true)
    let features = sharedFeatures(at: level)
    var gradient = [Float](repeating: 0, count: architecture.parameterCount)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: layout.count) { scratch in
      gradient.withUnsafeMutableBufferPointer { gradient in
        withParameters(at: level) { parameters in
          guard let scratch = scratch.baseAddress, let gradient = gradient.baseAddress else {
            return
          }
          let pass = NetworkPass(
            layout: layout, rows: 1, inputs: encoding.count, shared: nil, parameters: parameters,
            scratch: scratch)
          encoding.writePoints(x, scale: target.inputScale(at: level), rows: 1, into: pass.input)
          for (k, feature) in features.enumerated() {
            pass.input[encoding.pointInputs + k] = feature
          }
          architecture.forward(pass)
          for (axis, weight) in weights.enumerated() { pass.output[axis] = Float(weight) }
          architecture.backward(pass)
          architecture.gradient(pass, into: gradient, accumulates: false)
        }
      }
    }
    return gradient
  }
}
