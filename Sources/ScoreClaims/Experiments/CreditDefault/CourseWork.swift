import ScoreCore
import ScoreLab

/// A training run that is measured on its way, as the work on a unit.
struct CourseWork: UnitWork {
  struct Course: Sendable {
    /// After each of the steps that are measured.
    var losses: [Double] = []
    /// The weights at the least loss, at the step asked for, and at the end.
    var best: [Float] = []
    var stopped: [Float] = []
    var last: [Float] = []
  }

  private static let stepsPerPart = 20

  private var trainer: Trainer
  private let steps: [Int]
  private let stop: Int
  private let loss: PredictionLoss
  private var course = Course()
  private var least = Double.infinity

  /// Follows a run that has taken no step.
  ///
  /// - Parameters:
  ///   - trainer: The run.
  ///   - steps: When it is measured, ascending from 0; the last is the end.
  ///   - stop: The step whose weights are kept, at most the last.
  ///   - loss: What is measured.
  init(_ trainer: Trainer, steps: [Int], stop: Int, loss: PredictionLoss) {
    (self.trainer, self.steps, self.stop, self.loss) = (trainer, steps, stop, loss)
  }

  private var end: Int { steps[steps.count - 1] }
  var progress: Double { Double(trainer.state.step) / Double(max(1, end)) }
  var detail: String? { "step \(trainer.state.step) of \(end)" }

  mutating func step() -> Course? {
    for _ in 0..<Self.stepsPerPart {
      let now = trainer.state.step
      if now == stop { course.stopped = trainer.state.parameters }
      if steps.contains(now) { measure() }
      guard now < end else {
        course.last = trainer.state.parameters
        return course
      }
      _ = trainer.step()
    }
    return nil
  }

  private mutating func measure() {
    let found = loss(trainer.currentScore)
    course.losses.append(found)
    if course.best.isEmpty || found < least {
      (least, course.best) = (found, trainer.state.parameters)
    }
  }
}
