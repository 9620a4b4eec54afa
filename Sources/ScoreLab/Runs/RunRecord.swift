/// The number of a run among those kept together, from 1.
public struct RunID: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  public var number: Int

  public init(_ number: Int) { self.number = number }

  public init(from decoder: any Decoder) throws {
    number = try decoder.singleValueContainer().decode(Int.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }

  public static func < (left: RunID, right: RunID) -> Bool { left.number < right.number }

  public var description: String { "\(number)" }
}

/// A place in a run that it can be brought to again; in order by run, then along it.
public struct RunPlace: Sendable, Comparable, Codable {
  public var run: RunID
  /// The training steps executed before it.
  public var executedSteps: Int
  /// The entries of the log in force: several can be of one step.
  public var entries: Int

  /// Whether it has neither more steps nor more entries than another place of the same run.
  func isNotAfter(_ place: RunPlace) -> Bool {
    run == place.run && executedSteps <= place.executedSteps && entries <= place.entries
  }

  public static func < (left: RunPlace, right: RunPlace) -> Bool {
    (left.run, left.executedSteps, left.entries) < (right.run, right.executedSteps, right.entries)
  }
}

/// A run: where it comes from, how it began and what was done to it since.
public struct RunRecord: Sendable, Equatable, Codable {
  public let id: RunID
  /// The place of another run that this one goes on from; nil for a run from its own start.
  ///
  /// The log has what was done before that place too, and nothing that came after it there.
  public let parent: RunPlace?
  public internal(set) var log: RunLog
  /// How far it went.
  public internal(set) var executedSteps: Int

  /// Where it ends.
  public var tip: RunPlace {
    RunPlace(run: id, executedSteps: executedSteps, entries: log.entries.count)
  }
}
