/// Keeps runs, and states of them to go on from.
///
/// A run's log alone is enough to bring it to any place again; a checkpoint near that place saves the
/// steps before it. Saving never fails: what cannot be kept is a ``problem``, and training goes on.
public protocol RunStore: Sendable {
  /// An id that no run has.
  func newID() -> RunID
  /// A run that is kept, or nil.
  ///
  /// - Throws: ``FileError`` when there is something that cannot be read.
  func record(_ run: RunID) throws(FileError) -> RunRecord?
  /// Keeps a run, in place of what was kept of it before.
  func save(_ record: RunRecord)
  /// The last checkpoint of a run that has neither more steps nor more entries than a place in it.
  func checkpoint(notAfter place: RunPlace) -> Checkpoint?
  /// Keeps a checkpoint of a run.
  func save(_ checkpoint: Checkpoint, of run: RunID)
  /// Keeps how a run stands while it trains.
  func save(_ progress: RunProgress)
  /// How many seconds to train between two saves of progress at least, in a run that was trained for some
  /// seconds; infinite where progress is not kept.
  func progressInterval(after seconds: Double) -> Double
  /// Waits until what was saved is where the end of the program cannot reach it.
  func flush()
  /// Whether what was saved is there when the program has ended.
  var outlivesProgram: Bool { get }
  /// Why something is not kept, in one line; nil while all is well.
  var problem: String? { get }
}

extension Checkpoint {
  /// Where it was taken.
  package func place(in run: RunID) -> RunPlace {
    RunPlace(run: run, executedSteps: executedSteps, entries: entries)
  }
}

/// How a run stands while it trains: what a store keeps of it now and then.
public struct RunProgress: Sendable {
  public var record: RunRecord
  /// The state that the record ends with.
  public var checkpoint: Checkpoint
  /// What was measured since the last time.
  public var measured: RunMeasurements
}
