import ScoreCore
import ScoreLab

/// Small runs trained side by side, a thread each, in slices of a fraction of a second.
///
/// How long a slice is depends on networks and batches alone, so reports after as many slices are
/// the same on every machine.
struct ParallelTraining: Sendable {
  private(set) var runs: [Trainer]
  let stepCount: Int
  private(set) var stepsDone = 0
  private let slice: Int

  /// Prepares runs for some steps each.
  init(_ runs: [Trainer], stepCount: Int) {
    precondition(!runs.isEmpty && stepCount >= 1, "There is something to train.")
    self.runs = runs
    self.stepCount = stepCount
    // A step takes some 20 us, and 6 operations a weight and row at 5 a nanosecond.
    let nanoseconds = runs.reduce(0.0) { sum, run in
      sum + 20_000 + 1.2 * Double(run.architecture.parameterCount) * Double(run.rows)
    }
    slice = max(1, Int(2e8 / nanoseconds))
  }

  /// How many slices all steps take.
  var sliceCount: Int { (stepCount + slice - 1) / slice }

  var isFinished: Bool { stepsDone == stepCount }

  /// Trains every run for one slice.
  mutating func advance(threads: Int) {
    let count = min(slice, stepCount - stepsDone)
    runs.withUnsafeMutableBufferPointer { runs in
      let slots = runs
      Parallel.perform(slots.count, threads: threads) { index in
        for _ in 0..<count { _ = slots[index].step() }
      }
    }
    stepsDone += count
  }
}

extension Trainer {
  /// The rows of a step.
  fileprivate var rows: Int {
    if optimization.rule.usesWholeTrainingSet, case .fixed(let points) = trainingSet {
      return points.count
    }
    return batch
  }
}
