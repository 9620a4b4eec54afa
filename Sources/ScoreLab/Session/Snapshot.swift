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

/// One measurement of the score error at every noise level.
public struct ProbeReport: Sendable, Equatable {
  /// The training step whose averaged weights were measured.
  public var step: Int
  /// From the least noise to the most.
  public var levels: [ScoreErrorDistribution]
  /// Where the errors lie, a level each.
  public var places: [ErrorPlaces] = []
}

/// One finished pass of the sampler.
public struct SamplePass: Sendable, Equatable {
  /// The training step whose averaged weights drove the pass.
  public var step: Int
  public var trajectories: Trajectories
}

/// A pass that is over and not shown, because numbers of it are not finite.
public struct DroppedPass: Sendable, Equatable {
  /// The training step whose averaged weights it was of.
  public var step: Int
  /// How many of its parts have a number that is not finite: points of a sample, levels of a probe.
  public var brokenCount: Int
  public var count: Int
}

/// A held-out loss and when it was measured.
public struct HeldOutPoint: Sendable, Equatable {
  public var step: Int
  /// The loss above that of the exact score, over the levels drawn: for a squared loss
  /// `E w ||sigma (s_hat - s)||^2`, w the objective's weight of the noise's squared error.
  public var excess: Double
  /// One standard error of the excess, over levels and points.
  public var standardError: Double

  public init(step: Int, excess: Double, standardError: Double = 0) {
    self.step = step
    self.excess = excess
    self.standardError = standardError
  }
}

/// Everything a screen or a report shows of a session, as one value.
public struct Snapshot: Sendable {
  /// Counts restarts, so that a view can tell a new run from the old one.
  public var generation: Int
  public var configuration: RunConfiguration
  public var status: SessionStatus
  public var step: Int
  /// Training steps per second of wall time lately; nil while unknown.
  public var stepsPerSecond: Double?
  public var history: LossHistory
  public var heldOut: [HeldOutPoint]
  /// The exact score's loss: the Bayes floor unless the loss is clipped.
  public var floor: BayesFloor?
  public var edits: [EditMark]
  public var probe: ProbeReport?
  public var samples: SamplePass?
  /// The error at the points of a pass, which may be an older one.
  public var sampleErrors: SampleErrors?
  /// The newest measurement and sample where they are not finite; an older one still stands then.
  public var droppedProbe: DroppedPass?
  public var droppedSamples: DroppedPass?
  /// The same noise driven by the exact score.
  public var exactScoreRun: Trajectories?
  /// Points drawn from the law itself, noised to each of the sampler's times.
  public var noisedData: Trajectories?
  /// In one dimension, the exact density at each of the sampler's times.
  public var exactDensities: ExactDensities?
  public var coordinates: CoordinateFrame
  public var dimension: Int
  /// Facts about the law that must be on screen, such as a smoothing bandwidth.
  public var lawNote: String?
  public var warnings: [String]
}
