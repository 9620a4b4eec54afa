import Testing

@testable import ScoreLab

/// What is kept of runs as long as the program goes on.
@Suite struct MemoryRunStoreTests {
  @Test("In memory the oldest checkpoints make room for new ones")
  func capacity() throws {
    var session = try Session(try .small())
    let store = MemoryRunStore(capacity: 2 * session.checkpoint.bytes + 10_000)
    for step in [1, 2, 3] {
      session.train(to: step)
      store.save(session.checkpoint, of: RunID(1))
    }
    func found(_ executed: Int) -> Int? {
      store.checkpoint(notAfter: RunPlace(run: RunID(1), executedSteps: executed, entries: 0))?
        .step
    }
    #expect(found(1) == nil && found(2) == 2 && found(9) == 3)
  }
}
