import Synchronization
import TestSupport
import Testing

@testable import ScoreLab

/// What is kept of runs, in memory and in a folder.
@Suite struct RunStoreTests {
  @Test("A store gives back what it was given, and of checkpoints the last that is not too late")
  func contract() throws {
    let folder = try TemporaryFolder()
    for store in [MemoryRunStore(), FolderRunStore(path: folder.path)] as [any RunStore] {
      #expect(try store.records().isEmpty)
      var session = try Session(try .small())
      var tree = RunTree()
      let record = tree.start(session.log)
      try store.save(record)
      var checkpoints: [Checkpoint] = []
      // Nine steps and eleven: as text the order would be another.
      for step in [9, 11] {
        session.train(to: step)
        checkpoints.append(session.checkpoint)
        session.configure(
          try session.configuration.setting(["optimizer.batch=\(30 + step)"]))
        checkpoints.append(session.checkpoint)
      }
      for checkpoint in checkpoints { try store.save(checkpoint, of: record.id) }
      func found(_ executed: Int, _ entries: Int, run: Int = 1) throws -> Checkpoint? {
        try store.checkpoint(
          notAfter: RunPlace(run: RunID(run), executedSteps: executed, entries: entries))
      }
      #expect(try found(8, 5) == nil && found(20, 5, run: 2) == nil)
      #expect(try found(10, 0) == checkpoints[0] && found(10, 5) == checkpoints[1])
      #expect(try found(11, 1) == checkpoints[2] && found(11, 2) == checkpoints[3])
      tree.growHead(session.log, executedSteps: 11)
      try store.save(try #require(tree[record.id]))
      #expect(try store.records() == tree.records)
    }
  }

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

  @Test("Runs of an earlier program are opened from their folder and go on to the same bits")
  func resumes() throws {
    let folder = try TemporaryFolder()
    var runs = try LiveRuns(store: FolderRunStore(path: folder.path))
    try runs.train(to: 20)
    try runs.set("optimizer.learning_rate=0.01")
    try runs.train(to: 30)
    try runs.leave()
    try runs.train(to: 40)

    var later = try LiveRuns(store: FolderRunStore(path: folder.path))
    #expect(later.tree.head == RunID(2))
    #expect(try later.open(RunID(1)))
    #expect(!later.isReplaying && later.session.executedSteps == 30)
    try later.train(to: 40)
    #expect(later.session.bits == runs.session.bits)
  }

  @Test("A damaged checkpoint is set aside, and its steps are taken again to the same bits")
  func damage() throws {
    let folder = try TemporaryFolder()
    var runs = try LiveRuns(store: FolderRunStore(path: folder.path))
    try runs.train(to: 20)
    try runs.set("optimizer.learning_rate=0.01")
    try runs.train(to: 30)
    try runs.leave()
    for name in folder.contents where name.hasSuffix(".checkpoint") {
      let path = "\(folder.path)/\(name)"
      var bytes = try OpenFile(reading: path).readAll(limit: 1 << 24)
      bytes[bytes.count / 2] ^= 1
      try FileWriter.writeAtomically(bytes, to: path)
    }
    let lines = Mutex<[String]>([])
    var later = try LiveRuns(
      store: FolderRunStore(path: folder.path) { line in lines.withLock { $0.append(line) } })
    #expect(try later.open(RunID(1)))
    later.finishReplay()
    #expect(later.session.bits == runs.session.bits)
    #expect(lines.withLock { $0.count } == 2)
    #expect(
      lines.withLock { $0 }.allSatisfy {
        $0.contains("its checksum does not fit") && $0.hasSuffix("its steps are taken again")
      })
  }
}
