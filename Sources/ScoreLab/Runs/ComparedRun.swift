/// A run that is trained in turn with the one at the head, to be compared with it.
struct Companion {
  let run: RunID
  var session: Session
  /// Whether steps are taken again to come to the end of its run.
  private(set) var isReplaying: Bool
  private var recording: RecordedRun

  /// Lets a run go on with a session that is at its end or on the way there.
  init(_ record: RunRecord, _ session: Session, in store: any RunStore) {
    run = record.id
    self.session = session
    isReplaying = session.executedSteps < record.executedSteps
    recording = RecordedRun(record, in: store)
  }

  /// Takes one step, if any, of the way to the end of its run.
  mutating func replay(_ record: RunRecord) {
    let tip = record.tip
    isReplaying = session.replayStep(of: record.log, to: (tip.executedSteps, tip.entries))
  }

  /// Takes one training step, unless the run has diverged.
  mutating func trainStep() {
    guard session.trainStep() != nil else { return }
    recording.stepTaken(session)
  }

  /// Keeps the end of its run.
  mutating func leave() {
    if !isReplaying { recording.leave(session) }
  }
}

/// What a screen shows of a run that is trained in turn with the one at the head.
public struct ComparedRun: Sendable {
  public var run: RunID
  public var configuration: RunConfiguration
  public var step: Int
  /// Why it takes no more steps; nil while it does.
  public var divergence: Divergence?
  public var curve: LossCurve
  public var measurements: MeasurementResults
}

/// Why runs cannot be compared, on one line.
public enum ComparisonError: Error, Equatable, CustomStringConvertible {
  /// There is no such run.
  case noRun(RunID)
  /// As many runs as can be are trained in turn.
  case full

  public var description: String {
    switch self {
    case .noRun(let run): "there is no run \(run)"
    case .full:
      "\(LiveRuns.comparisonLimit) runs are trained in turn, no more; take one of them out first"
    }
  }
}
