/// The score estimate of a network that predicts the noise: `score = -noise / sigma`.
public struct NetworkScore: ScoreFunction {
  public let shape: NetworkShape
  /// The flat parameter buffer, `[shape.parameterCount]`.
  public var parameters: [Float]
  /// How many threads one evaluation may use; the result does not depend on it.
  public var threads: Int

  public init(
    shape: NetworkShape, parameters: [Float], threads: Int = Parallel.defaultThreads
  ) {
    precondition(parameters.count == shape.parameterCount, "The parameters must fit the shape.")
    self.shape = shape
    self.parameters = parameters
    self.threads = threads
  }

  public var dimension: Int { shape.dimension }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    precondition(level.sigma > 0, "A noise prediction gives a score only where there is noise.")
    var result = predictedNoise(at: x, level: level)
    let factor = -1 / level.sigma
    for i in result.values.indices { result.values[i] *= factor }
    return result
  }

  /// The network's output, an estimate of `E[z | x_t = x]`, of the same shape as `x`.
  public func predictedNoise(at x: Points, level: NoiseLevel) -> Points {
    precondition(x.dimension == dimension, "The points have another dimension than the network.")
    var result = Points(zeros: x.count, dimension: dimension)
    let chunk = 256
    let chunks = (x.count + chunk - 1) / chunk
    let firstBias = foldedFirstBias(logSNR: level.logSNR)
    let count = x.count
    let dimension = dimension
    x.values.withUnsafeBufferPointer { input in
      result.values.withUnsafeMutableBufferPointer { output in
        guard let input = input.baseAddress, let output = output.baseAddress else { return }
        Parallel.perform(chunks, threads: threads) { index in
          let start = index * chunk
          let rows = min(chunk, count - start)
          predict(
            input + start * dimension, into: output + start * dimension, rows: rows,
            firstBias: firstBias)
        }
      }
    }
    return result
  }

  /// The first layer's bias with the time features folded in; all rows share one noise level.
  private func foldedFirstBias(logSNR: Double) -> [Float] {
    let layer = shape.layers[0]
    let features = TimeFeatures.values(logSNR: Float(logSNR), frequencies: shape.frequencies)
    var bias = Array(parameters[layer.biasOffset..<layer.biasOffset + layer.outputs])
    for (k, feature) in features.enumerated() {
      let row = layer.weightOffset + (shape.dimension + k) * layer.outputs
      for j in 0..<layer.outputs { bias[j] += feature * parameters[row + j] }
    }
    return bias
  }
}
