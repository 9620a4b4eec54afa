/// What was done to a session since its start, and when; enough to run it again to the same bits.
public struct SessionLog: Sendable, Equatable {
  /// One intervention.
  public enum Action: Sendable, Equatable {
    /// A change of fields that act live.
    case configure(RunConfiguration)
    /// Going on from the last good state after a divergence.
    case resumeAfterDivergence
  }

  /// An action and the number of training steps executed before it.
  ///
  /// Steps undone by a divergence count too, so the number only ever grows.
  public struct Entry: Sendable, Equatable {
    public var executedSteps: Int
    public var action: Action
  }

  public var start: RunConfiguration
  public var entries: [Entry] = []

  public init(start: RunConfiguration) { self.start = start }
}

/// A mark on the loss curve where something was changed.
public struct EditMark: Sendable, Equatable {
  public var step: Int
  /// What changed, such as `learning_rate 0.001 -> 0.01`.
  public var label: String
}
