import ScoreCore
import ScoreLab

/// The averaged weights that training left.
struct TrainedWeights: Codable, Sendable, Equatable {
  /// The steps behind the weights.
  var step: Int
  /// The step at which training diverged; then the weights are the last good ones.
  var divergenceStep: Int?
  var average: Packed<Float>

  init(_ session: Session) {
    step = session.step
    divergenceStep = session.divergence?.step
    average = Packed(session.averagedParameters)
  }

  init(_ run: Trainer) {
    step = run.state.step
    divergenceStep = nil
    average = Packed(run.state.average)
  }
}

extension NetworkScore {
  /// The score of a network of the same shape with other weights.
  func with(_ weights: TrainedWeights, threads: Int) -> Self {
    var score = self
    score.parameters = weights.average.values
    score.threads = threads
    return score
  }
}

/// The training of a session, as the work on a unit.
struct SessionTraining: UnitWork {
  /// The training steps of one step of the work.
  static let stepsPerPart = 25

  private var session: Session
  private let stepCount: Int

  /// Trains a session that has taken no step, at least one step.
  init(_ session: Session, stepCount: Int) {
    self.session = session
    self.stepCount = stepCount
  }

  /// How many parts some training steps are.
  static func length(stepCount: Int) -> Int {
    max(1, (stepCount + stepsPerPart - 1) / stepsPerPart)
  }

  var progress: Double { Double(session.step) / Double(stepCount) }
  var detail: String? { "step \(session.step) of \(stepCount)" }

  mutating func step() -> TrainedWeights? {
    let target = min(stepCount, session.step + Self.stepsPerPart)
    while session.step < target, session.divergence == nil { _ = session.trainStep() }
    let isOver = session.step >= stepCount || session.divergence != nil
    return isOver ? TrainedWeights(session) : nil
  }
}
