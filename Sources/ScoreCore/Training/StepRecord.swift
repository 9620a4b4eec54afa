/// One training step, with everything it starts from and makes, so that another program can repeat
/// it.
public struct StepRecord: Sendable {
  public let report: TrainingStep
  /// The number of the network trained, from 0; it is 0 without a bank.
  public let network: Int
  /// How many updates that network has had with this one.
  public let update: Int
  /// The step size of the update.
  public let rate: Double
  public let batch: BatchRecord
  /// The state before the step.
  public let before: TrainingState
  /// The state after it.
  public let after: TrainingState
  /// The gradient of the loss by the network's parameters before any clipping,
  /// `[parameterCount]`; 0 where they are not trained.
  public let gradient: [Float]
}

extension Trainer {
  /// Takes one step and says all about it; the step is the same as that of ``step()``, bit for bit.
  public mutating func recordedStep() -> StepRecord {
    let (before, plan, number) = (state, makePlan(), updateNumber)
    let batch = BatchRecord(plan)
    let report = step()
    return StepRecord(
      report: report, network: plan.network, update: number,
      rate: optimization.rate(step: number), batch: batch, before: before, after: state,
      gradient: Array(workspace.gradients.prefix(parameterCount)))
  }
}
