import Glibc
import NumberFormatting
import ScoreCore

/// Why a run was stopped, and where it is now.
public struct Divergence: Sendable, Equatable, Codable {
  /// At which noise level the weights of that step are furthest off.
  public enum Place: Sendable, Equatable, Codable {
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
      case .time(let time)?: ", worst at noise level t = \(NumberText.plain(time))"
      case .everyLevel?: ", at every noise level"
      case nil: ""
      }
    return "diverged at step \(step) (\(found), learning rate \(learningRate)\(level)); "
      + "back at step \(restoredStep), the last good state"
  }

  /// Two reports of one divergence are equal even when its loss is not a number.
  public static func == (left: Divergence, right: Divergence) -> Bool {
    left.step == right.step && (left.loss == right.loss || left.loss.isNaN && right.loss.isNaN)
      && left.learningRate == right.learningRate && left.restoredStep == right.restoredStep
      && left.place == right.place
  }
}
