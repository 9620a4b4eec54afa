import ScoreCore
import ScoreLab

/// The training of a run without a session, as the work on a unit.
struct UnitTraining: UnitWork {
  private var run: Trainer
  private let stepCount: Int
  private let partSteps: Int

  /// Trains a run that has taken no step, at least one step, some in each step of the work.
  init(_ run: Trainer, stepCount: Int, partSteps: Int, threads: Int) {
    self.run = run
    self.run.threads = threads
    self.stepCount = stepCount
    self.partSteps = partSteps
  }

  var progress: Double { Double(run.state.step) / Double(stepCount) }
  var detail: String? { "step \(run.state.step) of \(stepCount)" }

  mutating func step() -> TrainedWeights? {
    for _ in 0..<min(partSteps, stepCount - run.state.step) { _ = run.step() }
    return run.state.step >= stepCount ? TrainedWeights(run) : nil
  }
}
