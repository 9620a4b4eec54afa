import Synchronization

/// Keeps runs for as long as the program goes on.
///
/// Records are kept all; of checkpoints as many as fit into a number of bytes, the newest.
public final class MemoryRunStore: RunStore {
  /// What checkpoints may take unless told otherwise: some fifty of the standard network.
  public static let standardCapacity = 128 << 20

  private struct State {
    var last = 0
    var records: [RunID: RunRecord] = [:]
    var checkpoints: [(place: RunPlace, checkpoint: Checkpoint)] = []
    var bytes = 0
  }

  private let capacity: Int
  private let state = Mutex(State())

  /// - Parameter capacity: How many bytes of checkpoints are kept.
  public init(capacity: Int = MemoryRunStore.standardCapacity) { self.capacity = capacity }

  public func newID() -> RunID {
    state.withLock { state in
      state.last += 1
      return RunID(state.last)
    }
  }

  public func record(_ run: RunID) -> RunRecord? { state.withLock { $0.records[run] } }

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

  // The run is in memory as it is, and what was measured ends with it.
  public func save(_ progress: RunProgress) { save(progress.record) }
  public func progressInterval(after seconds: Double) -> Double { .infinity }
  public func flush() {}
  public var outlivesProgram: Bool { false }
  public var problem: String? { nil }
}
