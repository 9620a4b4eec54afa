import Synchronization

/// Keeps runs, and states of them to go on from.
///
/// A run's log alone is enough to bring it to any place again; a checkpoint near that place saves the
/// steps before it.
public protocol RunStore: Sendable {
  /// The runs kept, in any order.
  ///
  /// - Throws: ``FileError`` when there is something that cannot be read.
  func records() throws(FileError) -> [RunRecord]
  /// Keeps a run, in place of what was kept of it before.
  func save(_ record: RunRecord) throws(FileError)
  /// The last checkpoint of a run that has neither more steps nor more entries than a place in it.
  func checkpoint(notAfter place: RunPlace) throws(FileError) -> Checkpoint?
  /// Keeps a checkpoint of a run.
  func save(_ checkpoint: Checkpoint, of run: RunID) throws(FileError)
}

extension Checkpoint {
  /// Where it was taken.
  func place(in run: RunID) -> RunPlace {
    RunPlace(run: run, executedSteps: executedSteps, entries: entries)
  }
}

/// Keeps runs for as long as the program goes on.
///
/// Records are kept all; of checkpoints as many as fit into a number of bytes, the newest.
public final class MemoryRunStore: RunStore {
  /// What checkpoints may take unless told otherwise: some fifty of the standard network.
  public static let standardCapacity = 128 << 20

  private struct State {
    var records: [RunID: RunRecord] = [:]
    var checkpoints: [(place: RunPlace, checkpoint: Checkpoint)] = []
    var bytes = 0
  }

  private let capacity: Int
  private let state = Mutex(State())

  /// - Parameter capacity: How many bytes of checkpoints are kept.
  public init(capacity: Int = MemoryRunStore.standardCapacity) { self.capacity = capacity }

  public func records() -> [RunRecord] { state.withLock { Array($0.records.values) } }

  public func save(_ record: RunRecord) { state.withLock { $0.records[record.id] = record } }

  public func checkpoint(notAfter place: RunPlace) -> Checkpoint? {
    state.withLock { state in
      state.checkpoints.filter { $0.place.isNotAfter(place) }.max { $0.place < $1.place }?
        .checkpoint
    }
  }

  public func save(_ checkpoint: Checkpoint, of run: RunID) {
    state.withLock { state in
      state.checkpoints.append((checkpoint.place(in: run), checkpoint))
      state.bytes += checkpoint.bytes
      while state.bytes > capacity, !state.checkpoints.isEmpty {
        state.bytes -= state.checkpoints.removeFirst().checkpoint.bytes
      }
    }
  }
}
