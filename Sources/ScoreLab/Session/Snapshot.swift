public import ScoreCore

/// What a session is doing.
public enum SessionStatus: Sendable, Equatable {
  case training
  case paused
  case diverged(Divergence)
  /// The step limit is reached.
  case finished
  /// Nothing is trained: the score of someone else is measured.
  case judging
}

/// How far a session is.
public struct SessionProgress: Sendable, Equatable {
  /// Counts moves to another run or another place, so that a view can see it.
  public var generation: Int
  public var status: SessionStatus
  public var step: Int
  /// Training steps per second of wall time lately; nil while unknown.
  public var stepsPerSecond: Double?
  /// Seconds of training that the end of the program would take away: since it began or the run was last
  /// saved; 0 where runs are kept.
  public var unsavedSeconds = 0.0
}

/// The losses of training, and where something was changed.
public struct LossCurve: Sendable, Equatable {
  public var history: LossHistory
  public var edits: [EditMark]
}

/// What is known of the data before any training.
public struct DataDescription: Sendable, Equatable {
  public var coordinates: CoordinateFrame
  /// Facts about the distribution that must be on screen, such as a smoothing bandwidth.
  public var distributionNote: String?
  /// The points that are trained on, where they are few enough to be drawn; nil otherwise.
  public var trainingPoints: Points?
  /// The part that few samples show.
  public var rarePart: RarePart?
  /// How points are pictures; nil where they are none.
  public var images: ImageFormat?

  /// The most points that are drawn one by one.
  public static let trainingPointLimit = 500

  public var dimension: Int { coordinates.names.count }
}

/// Everything a screen shows of a session, as one value.
///
/// The parts read as one: `snapshot.step` is `snapshot.progress.step`.
@dynamicMemberLookup
public struct Snapshot: Sendable {
  public var configuration: RunConfiguration
  /// How the run began and what was changed since.
  public var log: RunLog
  /// What to know before trusting the samples.
  public var warnings: [String]
  public var progress: SessionProgress
  public var curve: LossCurve
  public var data: DataDescription
  public var measurements: MeasurementResults
  /// The score of someone else that is measured; nil where one is learned.
  public var judged: JudgedScore?
  /// The runs so far, that of the snapshot at the head.
  public var runs = RunTree()
  /// Why something of the runs is not kept, in one line; nil while all is well.
  public var storeProblem: String?
  /// The training steps executed at the head, those undone by a divergence included.
  public var executedSteps = 0
  /// The runs that go on whatever becomes of the head.
  public var compared: [RunID] = []
  /// What is known of those of them that are not at the head.
  public var others: [ComparedRun] = []
  /// Whether there is a change, a restart or an opening to undo.
  public var canUndo = false
  /// Whether something that was undone can be done again.
  public var canRedo = false

  public subscript<Value>(dynamicMember path: KeyPath<SessionProgress, Value>) -> Value {
    progress[keyPath: path]
  }

  public subscript<Value>(dynamicMember path: KeyPath<LossCurve, Value>) -> Value {
    curve[keyPath: path]
  }

  public subscript<Value>(dynamicMember path: KeyPath<DataDescription, Value>) -> Value {
    data[keyPath: path]
  }

  public subscript<Value>(dynamicMember path: KeyPath<MeasurementResults, Value>) -> Value {
    measurements[keyPath: path]
  }
}

extension Session {
  /// The points of a small training set.
  private var drawnTrainingPoints: Points? {
    guard let points = training.trainingSet.fixedPoints,
      points.count <= DataDescription.trainingPointLimit
    else { return nil }
    return points
  }

  /// Everything a screen shows, as one value.
  public func snapshot(
    generation: Int, status: SessionStatus, stepsPerSecond: Double?
  ) -> Snapshot {
    var snapshot = Snapshot(
      configuration: configuration, log: log,
      warnings: warnings + [ownScore?.problem?.description, ownScore?.remark].compactMap { $0 },
      progress: SessionProgress(
        generation: generation, status: status, step: step, stepsPerSecond: stepsPerSecond),
      curve: LossCurve(history: history, edits: edits),
      data: DataDescription(
        coordinates: distribution.coordinates, distributionNote: configuration.distribution.note,
        trainingPoints: drawnTrainingPoints, rarePart: distribution.rarePart,
        images: distribution.images),
      measurements: measurements)
    snapshot.judged = judgedScore
    return snapshot
  }
}
