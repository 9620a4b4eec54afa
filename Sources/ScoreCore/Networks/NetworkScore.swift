/// The score estimate of a network, or of a bank of networks for different noise levels.
public struct NetworkScore: ScoreFunction {
  public let architecture: any Architecture
  public let target: any TrainingTarget
  public let process: any ForwardProcess
  /// The flat parameter buffer, `[bank.count or 1, architecture.parameterCount]`.
  public var parameters: [Float]
  /// The log SNR that each network of a bank is for; empty without a bank.
  public let bank: [Double]
  /// The condition that the score is given, `[values of a condition]`; empty where the network takes none.
  public let condition: [Double]
  /// How many threads one evaluation may use; the result does not depend on it.
  public var threads: Int

  /// Creates a score from trained parameters.
  ///
  /// - Precondition: The parameters fit the architecture and the bank, and the condition is one that the
  ///   network takes; see ``ConditionalNetworkScore`` for one that takes any.
  public init(
    architecture: any Architecture, parameters: [Float], target: any TrainingTarget = NoiseTarget(),
    process: any ForwardProcess, bank: [Double] = [], condition: [Double] = [],
    threads: Int = Parallel.defaultThreads
  ) {
    precondition(
      parameters.count == architecture.parameterCount * max(1, bank.count),
      "The parameters must fit the architecture.")
    precondition(
      condition.count == architecture.encoding.conditionCount,
      "The network is given as many values of a condition as it takes.")
    self.architecture = architecture
    self.parameters = parameters
    self.target = target
    self.process = process
    self.bank = bank
    self.condition = condition
    self.threads = threads
  }

  public var dimension: Int { architecture.dimension }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    let conversion = conversion(at: level)
    guard target.predictionRadius.isFinite else {
      return evaluate(
        at: x, level: level, factor: conversion.scoreFromTarget, skip: conversion.scoreFromPoint)
    }
    return prediction(at: x, level: level).combined(
      conversion.scoreFromTarget, adding: conversion.scoreFromPoint, times: x)
  }

  /// How the score changes along a direction at each point, to first order: the product of its
  /// Jacobian with the direction.
  ///
  /// - Parameters:
  ///   - x: The points, `[count, dimension]`.
  ///   - directions: The direction at each, of the same shape.
  ///   - level: A level with noise.
  /// - Returns: The change of the score by that of the point, of the same shape.
  public func scoreDerivative(
    at x: Points, along directions: Points, level: NoiseLevel
  ) -> Points {
    let conversion = conversion(at: level)
    guard target.predictionRadius.isFinite else {
      return evaluate(
        at: x, along: directions, level: level, factor: conversion.scoreFromTarget,
        skip: conversion.scoreFromPoint)
    }
    return predictionDerivative(at: x, along: directions, level: level).combined(
      conversion.scoreFromTarget, adding: conversion.scoreFromPoint, times: directions)
  }

  /// The network's output, brought back to ``TrainingTarget/predictionRadius``: an estimate of
  /// `E[y | x_t = x]` for the target y, shaped like `x`.
  public func prediction(at x: Points, level: NoiseLevel) -> Points {
    let output = evaluate(at: x, level: level, factor: 1, skip: 0)
    let radius = target.predictionRadius
    return radius.isFinite ? output.projected(toRadius: radius) : output
  }

  /// How the prediction changes along a direction at each point, as
  /// ``scoreDerivative(at:along:level:)`` has it of the score.
  public func predictionDerivative(
    at x: Points, along directions: Points, level: NoiseLevel
  ) -> Points {
    let change = evaluate(at: x, along: directions, level: level, factor: 1, skip: 0)
    let radius = target.predictionRadius
    guard radius.isFinite else { return change }
    return evaluate(at: x, level: level, factor: 1, skip: 0)
      .projectionDerivative(along: change, radius: radius)
  }

  private func conversion(at level: NoiseLevel) -> ScoreConversion {
    precondition(level.sigma > 0, "A prediction gives a score only where there is noise.")
    return ScoreConversion(target.coefficients(at: level), at: level)
  }

  /// `factor F(x) + skip x`, or how it changes along directions.
  private func evaluate(
    at x: Points, along directions: Points? = nil, level: NoiseLevel, factor: Double, skip: Double
  ) -> Points {
    let (count, dimension) = (x.count, dimension)
    precondition(x.dimension == dimension, "The points have another dimension than the network.")
    precondition(
      directions.map { $0.count == x.count && $0.dimension == dimension } ?? true,
      "Each point has a direction of its own.")
    var result = Points(zeros: count, dimension: dimension)
    withParameters(at: level) { parameters in
      let pass = EvaluationPass(
        architecture: architecture,
        layout: architecture.layout(
          rows: min(count, EvaluationPass.rows), keepsDerivatives: directions != nil),
        inputScale: target.inputScale(at: level), factor: factor, skip: skip,
        shared: architecture.fold(sharedFeatures(at: level), parameters: parameters))
      x.values.withUnsafeBufferPointer { input in
        directions.withValues { directions in
          result.values.withUnsafeMutableBufferPointer { output in
            guard let input = input.baseAddress, let output = output.baseAddress else { return }
            let chunks = (count + EvaluationPass.rows - 1) / EvaluationPass.rows
            Parallel.perform(chunks, threads: threads) { index in
              let start = index * EvaluationPass.rows
              pass.run(
                input + start * dimension, along: directions.map { $0 + start * dimension },
                into: output + start * dimension, rows: min(EvaluationPass.rows, count - start),
                parameters: parameters)
            }
          }
        }
      }
    }
    return result
  }

  /// The inputs that do not depend on the point.
  func sharedFeatures(at level: NoiseLevel) -> [Float] {
    let encoding = architecture.encoding
    return encoding.sharedFeatures(
      clock: encoding.timeFeatures.clock(at: level, process: process), condition: condition)
  }

  /// Gives access to the parameters of the network for a level: of a bank the one whose level is
  /// nearest in log SNR.
  func withParameters<Result>(
    at level: NoiseLevel, _ body: (UnsafePointer<Float>) -> Result
  ) -> Result {
    let logSNR = level.logSNR
    let index = bank.indices.min { abs(bank[$0] - logSNR) < abs(bank[$1] - logSNR) } ?? 0
    return parameters.withUnsafeBufferPointer { parameters in
      guard let start = parameters.baseAddress else {
        preconditionFailure("A network has parameters.")
      }
      return body(start + index * architecture.parameterCount)
    }
  }
}

extension Points? {
  /// Gives access to the values, or nil.
  fileprivate func withValues(_ body: (UnsafePointer<Double>?) -> Void) {
    guard let points = self else { return body(nil) }
    points.values.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
