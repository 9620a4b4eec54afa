import Glibc
public import ScoreCore

/// Why a run was stopped, and where it is now.
public struct Divergence: Sendable, Equatable {
  /// At which noise level the weights of that step are furthest off.
  public enum Place: Sendable, Equatable {
    /// The process time of a level that was measured.
    case time(Double)
    /// No level that was measured gives a number.
    case everyLevel
  }

  /// The step whose loss gave the run away.
  public var step: Int
  /// That loss; may be infinite or not a number.
  public var loss: Double
  public var learningRate: Double
  /// The step of the last good state, which the run is back at.
  public var restoredStep: Int
  /// Where it shows; nil when that was not measured.
  public var place: Place?

  /// One line for the screen and the command line; never shows a non-finite number as a result.
  public var message: String {
    let found = loss.isFinite ? "the loss exploded" : "the loss was no longer a number"
    let level =
      switch place {
      case .time(let time)?: ", worst at noise level t = \(ShortNumber.text(time))"
      case .everyLevel?: ", at every noise level"
      case nil: ""
      }
    return "diverged at step \(step) (\(found), learning rate \(learningRate)\(level)); "
      + "back at step \(restoredStep), the last good state"
  }

  /// Two reports of one divergence are equal even when its loss is not a number.
  public static func == (left: Divergence, right: Divergence) -> Bool {
    left.step == right.step && left.loss.bitPattern == right.loss.bitPattern
      && left.learningRate == right.learningRate && left.restoredStep == right.restoredStep
      && left.place == right.place
  }
}

/// What a session is doing.
public enum SessionStatus: Sendable, Equatable {
  case training
  case paused
  case diverged(Divergence)
  /// The step limit is reached.
  case finished
}

/// Everything a screen shows of a session, as one value.
///
/// What is measured reads as its own: `snapshot.probe` is `snapshot.measurements.probe`.
@dynamicMemberLookup
public struct Snapshot: Sendable {
  /// Counts restarts, so that a view can tell a new run from the old one.
  public var generation: Int
  public var configuration: RunConfiguration
  public var status: SessionStatus
  public var step: Int
  /// Training steps per second of wall time lately; nil while unknown.
  public var stepsPerSecond: Double?
  public var history: LossHistory
  public var edits: [EditMark]
  public var measurements: MeasurementResults
  public var coordinates: CoordinateFrame
  public var dimension: Int
  /// Facts about the law that must be on screen, such as a smoothing bandwidth.
  public var lawNote: String?
  public var warnings: [String]

  public subscript<Value>(dynamicMember path: KeyPath<MeasurementResults, Value>) -> Value {
    measurements[keyPath: path]
  }
}
