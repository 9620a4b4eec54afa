/// The score estimate of a network, or of a bank of networks for different noise levels.
public struct NetworkScore: ScoreFunction {
  public let shape: NetworkShape
  public let target: any TrainingTarget
  public let process: any ForwardProcess
  /// The flat parameter buffer, `[bank.count or 1, shape.parameterCount]`.
  public var parameters: [Float]
  /// The log SNR that each network of a bank is for; empty without a bank.
  public let bank: [Double]
  /// How many threads one evaluation may use; the result does not depend on it.
  public var threads: Int

  /// Creates a score from trained parameters.
  ///
  /// - Precondition: The parameters fit the shape and the bank.
  public init(
    shape: NetworkShape, parameters: [Float], target: any TrainingTarget = NoiseTarget(),
    process: any ForwardProcess, bank: [Double] = [], threads: Int = Parallel.defaultThreads
  ) {
    precondition(
      parameters.count == shape.parameterCount * max(1, bank.count),
      "The parameters must fit the shape.")
    self.shape = shape
    self.parameters = parameters
    self.target = target
    self.process = process
    self.bank = bank
    self.threads = threads
  }

  public var dimension: Int { shape.dimension }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    precondition(level.sigma > 0, "A prediction gives a score only where there is noise.")
    let conversion = ScoreConversion(target.coefficients(at: level), at: level)
    return evaluate(
      at: x, level: level, factor: conversion.scoreFromTarget, skip: conversion.scoreFromPoint)
  }

  /// The network's output, an estimate of `E[y | x_t = x]` for the target y, shaped like `x`.
  public func prediction(at x: Points, level: NoiseLevel) -> Points {
    evaluate(at: x, level: level, factor: 1, skip: 0)
  }

  /// `factor F(x) + skip x`.
  private func evaluate(
    at x: Points, level: NoiseLevel, factor: Double, skip: Double
  ) -> Points {
    precondition(x.dimension == dimension, "The points have another dimension than the network.")
    var result = Points(zeros: x.count, dimension: dimension)
    let base = network(for: level) * shape.parameterCount
    let pass = EvaluationPass(
      shape: shape, base: base, inputScale: target.inputScale(at: level), factor: factor,
      skip: skip, firstBias: foldedFirstBias(level, base: base))
    let (count, dimension) = (x.count, dimension)
    x.values.withUnsafeBufferPointer { input in
      result.values.withUnsafeMutableBufferPointer { output in
        parameters.withUnsafeBufferPointer { parameters in
          guard let input = input.baseAddress, let output = output.baseAddress,
            let parameters = parameters.baseAddress
          else { return }
          let chunks = (count + EvaluationPass.rows - 1) / EvaluationPass.rows
          Parallel.perform(chunks, threads: threads) { index in
            let start = index * EvaluationPass.rows
            pass.run(
              input + start * dimension, into: output + start * dimension,
              rows: min(EvaluationPass.rows, count - start), parameters: parameters)
          }
        }
      }
    }
    return result
  }

  /// The network of a bank whose level is nearest in log SNR.
  private func network(for level: NoiseLevel) -> Int {
    let logSNR = level.logSNR
    return bank.indices.min { abs(bank[$0] - logSNR) < abs(bank[$1] - logSNR) } ?? 0
  }

  /// The first layer's bias with the time features folded in; all rows share one noise level.
  private func foldedFirstBias(_ level: NoiseLevel, base: Int) -> [Float] {
    let layer = shape.layers[0]
    var clock = Float(shape.timeFeatures.clock(at: level, process: process))
    var features = [Float](repeating: 0, count: shape.timeFeatures.count)
    shape.timeFeatures.write(clocks: &clock, rows: 1, into: &features, stride: features.count)
    let offset = base + layer.biasOffset
    var bias = Array(parameters[offset..<offset + layer.outputs])
    for (k, feature) in features.enumerated() {
      let row = base + layer.weightOffset + (shape.pointInputs + k) * layer.outputs
      for j in 0..<layer.outputs { bias[j] += feature * parameters[row + j] }
    }
    return bias
  }
}
