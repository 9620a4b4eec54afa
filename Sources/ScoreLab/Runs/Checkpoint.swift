import ScoreCore

/// The state of a run at a place, from which it goes on to the same bits.
public struct Checkpoint: Sendable, Equatable {
  /// The most ``bytes`` of one that is written to a disk; a larger network is trained again from its log.
  package static let largestKept = 1 << 28

  /// What a divergence can go back to.
  struct GoodState: Sendable, Equatable {
    var training: TrainingState
    var history: LossHistory
  }

  /// The good state whose losses were the least, and the losses since the candidate.
  struct BestState: Sendable, Equatable {
    var state: GoodState
    /// The mean loss of the steps after it; nil before it is known.
    var loss: Double?
    /// The sum of the losses since the candidate.
    var lossSum = 0.0
  }

  /// The training steps executed, those undone by a divergence included.
  public internal(set) var executedSteps: Int
  /// The number of the log's entries that are in force.
  public internal(set) var entries: Int
  /// The weights with all that changes with them, and the losses so far.
  var state: GoodState
  /// The marks on the loss curve.
  public internal(set) var edits: [EditMark]
  /// The configuration before the last mark.
  var markOrigin: RunConfiguration
  var divergence: Divergence?
  /// The last good state.
  var good: GoodState
  /// A later state, not known to be good before the losses that follow it.
  var candidate: GoodState
  /// Whether every loss since the candidate was that of a good state.
  var isGood: Bool
  /// The good state whose losses were the least.
  var best: BestState

  /// The training steps behind the weights.
  public var step: Int { state.training.step }

  /// The smoothed loss; nil before the first step.
  package var loss: Double? { state.history.smoothed }

  /// A checksum of the weights and their average, bit for bit.
  package var digest: String {
    // A key path would be evaluated for each number.
    let words = (state.training.parameters + state.training.average).map {
      $0.bitPattern.littleEndian
    }
    return words.withUnsafeBytes { CheckedText.checksum($0) }
  }

  /// About how much memory it takes, if nothing of it is shared.
  package var bytes: Int {
    [state, good, candidate, best.state].reduce(0) { sum, state in
      let training = state.training
      let floats =
        training.parameters.count + training.average.count + training.averageRest.count
        + training.moments.count
      return sum + floats * MemoryLayout<Float>.size
        + state.history.buckets.count * MemoryLayout<LossHistory.Bucket>.size
    }
  }
}
