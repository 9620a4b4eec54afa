import Dispatch
import Glibc
import Synchronization
import Testing

@testable import ScoreCore

/// Workers are passed down, and each caller has its own.
@Suite struct WorkersTests {
  /// Lets everybody pass once so many have come; false for those that waited for nothing.
  private final class Meeting: Sendable {
    private let expected: Int
    private let come = Atomic(0)
    private let all = DispatchSemaphore(value: 0)

    init(_ expected: Int) { self.expected = expected }

    func wait() -> Bool {
      if come.add(1, ordering: .relaxed).newValue == expected {
        for _ in 1..<expected { all.signal() }
        return true
      }
      return all.wait(timeout: .now() + 30) == .success
    }
  }

  private final class Places: Sendable {
    private let threads = Mutex<[UInt]>([])
    func add() { threads.withLock { $0.append(UInt(pthread_self())) } }
    var visits: Int { threads.withLock { $0.count } }
    var count: Int { Set(threads.withLock { $0 }).count }
  }

  @Test("Two callers at once are both helped")
  func twoCallers() throws {
    // Nobody passes before four are at work: two callers with a helper each.
    let (meeting, met, ended) = (Meeting(4), Places(), DispatchSemaphore(value: 0))
    for _ in 0..<2 {
      try DetachedThread.start {
        Workers(2).use {
          Parallel.perform(2, threads: 2) { _ in if meeting.wait() { met.add() } }
        }
        ended.signal()
      }
    }
    for _ in 0..<2 { ended.wait() }
    #expect(met.visits == 4 && met.count == 4)
  }

  @Test("Shards of rows go to the workers that are passed down, and to no others")
  func rowShards() {
    func threads(_ count: Int) -> Int {
      let (places, meeting) = (Places(), Meeting(count))
      Workers(count).use {
        _ = RowShards.map(count: 2, costPerRow: 1_000_000) { _ in
          places.add()
          return count == 1 || meeting.wait()
        }
      }
      return places.count
    }
    #expect(threads(1) == 1)
    #expect(threads(2) == 2)
  }

  @Test("A helper works alone on what it calls")
  func nested() {
    let (meeting, alone) = (Meeting(2), Places())
    Workers(2).use {
      Workers.current.perform(2) { _ in
        _ = meeting.wait()
        let places = Places()
        _ = RowShards.map(count: 8, costPerRow: 1_000_000) { _ in places.add() }
        if places.count == 1 { alone.add() }
      }
    }
    #expect(alone.visits == 2 && alone.count == 2)
  }
}
