import ScoreCore
import ScoreLab

/// Small runs trained next to one another, as the work on a unit; the record is the runs.
struct ParallelTrainingWork: UnitWork {
  private var training: ParallelTraining
  private let threads: Int

  init(_ training: ParallelTraining, threads: Int) {
    self.training = training
    self.threads = threads
  }

  var progress: Double { Double(training.stepsDone) / Double(training.stepCount) }
  var detail: String? { "step \(training.stepsDone) of \(training.stepCount)" }

  mutating func step() -> [Trainer]? {
    training.advance(threads: threads)
    return training.isFinished ? training.runs : nil
  }
}
