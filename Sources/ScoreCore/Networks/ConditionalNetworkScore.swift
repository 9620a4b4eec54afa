/// The score estimates of a network, or of a bank of them, that takes conditions.
public struct ConditionalNetworkScore: ConditionalScore {
  public let architecture: any Architecture
  public let target: any TrainingTarget
  public let process: any ForwardProcess
  /// The flat parameter buffer, `[bank.count or 1, architecture.parameterCount]`.
  public let parameters: [Float]
  /// The log SNR that each network of a bank is for; empty without a bank.
  public let bank: [Double]
  /// How many threads one evaluation may use; the result does not depend on it.
  public var threads: Int

  public var dimension: Int { architecture.dimension }
  public var conditionCount: Int { architecture.encoding.conditionCount }

  /// - Precondition: The condition has as many values as the network takes.
  public func given(_ condition: Condition) -> any ScoreFunction {
    NetworkScore(
      architecture: architecture, parameters: parameters, target: target, process: process,
      bank: bank, condition: condition.values, threads: threads)
  }
}
