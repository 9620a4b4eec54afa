/// What was done to a run since its start, and when; enough to run it again to the same bits.
public struct RunLog: Sendable, Equatable, Codable {
  /// One intervention.
  public enum Action: Sendable, Equatable, Codable {
    /// A change of fields that act live.
    case configure(RunConfiguration)
    /// Going on from the last good state after a divergence.
    case resumeAfterDivergence
  }

  /// An action and the number of training steps executed before it.
  ///
  /// Steps undone by a divergence count too, so the number only ever grows.
  public struct Entry: Sendable, Equatable, Codable {
    public var executedSteps: Int
    public var action: Action

    package init(executedSteps: Int, action: Action) {
      self.executedSteps = executedSteps
      self.action = action
    }
  }

  public var start: RunConfiguration
  public var entries: [Entry] = []

  public init(start: RunConfiguration) { self.start = start }

  /// The configuration in force at its end.
  package var configuration: RunConfiguration { configuration(after: entries.count) }

  /// The configuration in force after a number of entries.
  func configuration(after count: Int) -> RunConfiguration {
    for entry in entries.prefix(count).reversed() {
      if case .configure(let configuration) = entry.action { return configuration }
    }
    return start
  }

  /// The log up to a number of entries.
  package func prefix(_ count: Int) -> RunLog {
    var log = self
    log.entries = Array(entries.prefix(count))
    return log
  }
}

/// A mark on the loss curve where something was changed.
public struct EditMark: Sendable, Equatable, Codable {
  public var step: Int
  /// What changed, such as `learning_rate 0.001 -> 0.01`.
  public var label: String
}
