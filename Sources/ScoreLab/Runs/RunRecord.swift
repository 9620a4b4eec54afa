/// What a run is called by among those kept together: a number, shown in hexadecimal digits.
///
/// In memory runs are counted from 1. Where several programs keep runs in one place the number is drawn,
/// so that nobody has to be asked for it.
public struct RunID: Sendable, Hashable, Comparable, CustomStringConvertible {
  public var number: Int

  public init(_ number: Int) { self.number = number }

  public static func < (left: RunID, right: RunID) -> Bool { left.number < right.number }

  public var description: String { String(number, radix: 16) }
}

/// A place in a run that it can be brought to again; in order by run, then along it.
public struct RunPlace: Sendable, Hashable, Comparable {
  public var run: RunID
  /// The training steps executed before it.
  public var executedSteps: Int
  /// The entries of the log in force: several can be of one step.
  public var entries: Int

  package init(run: RunID, executedSteps: Int, entries: Int) {
    self.run = run
    self.executedSteps = executedSteps
    self.entries = entries
  }

  /// Whether it has neither more steps nor more entries than another place of the same run.
  package func isNotAfter(_ place: RunPlace) -> Bool {
    run == place.run && executedSteps <= place.executedSteps && entries <= place.entries
  }

  /// The place, or where another place that goes on from it is earlier.
  package func orEarlier(than place: RunPlace) -> RunPlace {
    RunPlace(
      run: run, executedSteps: min(executedSteps, place.executedSteps),
      entries: min(entries, place.entries))
  }

  /// The same place in its run and in those that it goes on from, nearest first.
  ///
  /// - Parameter record: Finds a run; nil where it is not known.
  /// - Returns: The places, this one first.
  /// - Throws: What finding a run throws.
  package func lineage<Failure: Error>(
    record: (RunID) throws(Failure) -> RunRecord?
  ) throws(Failure) -> [RunPlace] {
    guard let own = try record(run) else { return [self] }
    var (places, last) = ([self], own)
    while let next = last.parent?.orEarlier(than: places[places.count - 1]) {
      // What a file names as the parent may be another run by now, or go round in a circle.
      guard !places.contains(where: { $0.run == next.run }), let parent = try record(next.run),
        parent.log.prefix(next.entries) == own.log.prefix(next.entries)
      else { break }
      places.append(next)
      last = parent
    }
    return places
  }

  public static func < (left: RunPlace, right: RunPlace) -> Bool {
    (left.run, left.executedSteps, left.entries) < (right.run, right.executedSteps, right.entries)
  }
}

/// A run: where it comes from, how it began and what was done to it since.
public struct RunRecord: Sendable, Equatable {
  public let id: RunID
  /// The place of another run that this one goes on from; nil for a run from its own start.
  ///
  /// The log has what was done before that place too, and nothing that came after it there.
  public let parent: RunPlace?
  public internal(set) var log: RunLog
  /// How far it went.
  public internal(set) var executedSteps: Int

  package init(id: RunID, parent: RunPlace?, log: RunLog, executedSteps: Int) {
    self.id = id
    self.parent = parent
    self.log = log
    self.executedSteps = executedSteps
  }

  /// The place at a number of executed steps, at most its end; edits at that very step are in force.
  package func place(atExecutedStep step: Int) -> RunPlace {
    let step = min(max(0, step), executedSteps)
    return RunPlace(
      run: id, executedSteps: step, entries: log.entries.prefix { $0.executedSteps <= step }.count)
  }

  /// Where it ends.
  public var tip: RunPlace {
    RunPlace(run: id, executedSteps: executedSteps, entries: log.entries.count)
  }
}
