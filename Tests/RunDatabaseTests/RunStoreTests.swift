import GRDB
import TestSupport
import Testing

@testable import RunDatabase
@testable import ScoreLab

/// What is kept of runs, in memory and in a database.
@Suite struct RunStoreTests {
  @Test("A store gives back what it was given, and of checkpoints the last that is not too late")
  func contract() throws {
    let folder = try TemporaryFolder()
    let stores: [any RunStore] = [
      MemoryRunStore(), try DatabaseRunStore(RunDatabase(folder)),
      try DatabaseRunStore(RunDatabase(inMemory: .test)),
    ]
    for store in stores {
      var session = try Session(try .small())
      var tree = RunTree()
      let record = tree.start(session.log, as: store.newID())
      #expect(try store.record(record.id) == nil && store.newID() != record.id)
      store.save(record)
      var checkpoints: [Checkpoint] = []
      // Nine steps and eleven: as text the order would be another.
      for step in [9, 11] {
        session.train(to: step)
        checkpoints.append(session.checkpoint)
        session.configure(
          try session.configuration.setting(["optimizer.batch=\(30 + step)"]))
        checkpoints.append(session.checkpoint)
      }
      for checkpoint in checkpoints { store.save(checkpoint, of: record.id) }
      func found(_ executed: Int, _ entries: Int, run: RunID = record.id) -> Checkpoint? {
        store.checkpoint(
          notAfter: RunPlace(run: run, executedSteps: executed, entries: entries))
      }
      #expect(found(8, 5) == nil && found(20, 5, run: RunID(99)) == nil)
      #expect(found(10, 0) == checkpoints[0] && found(10, 5) == checkpoints[1])
      #expect(found(11, 1) == checkpoints[2] && found(11, 2) == checkpoints[3])
      tree.grow(tree.head, session.log, executedSteps: 11)
      let grown = try #require(tree[record.id])
      store.save(grown)
      store.flush()
      #expect(try store.record(record.id) == grown && store.problem == nil)
    }
  }

  @Test("What a later program reads is what was kept: record, checkpoints, series, samples")
  func readsAgain() throws {
    let folder = try TemporaryFolder()
    let store = try DatabaseRunStore(RunDatabase(folder))
    var session = try Session(try .small("seed=18446744073709551615"))
    session.train(to: 32)
    let early = session.checkpoint
    session.configure(try session.configuration.setting(["optimizer.learning_rate=0.01"]))
    session.train(to: 64)
    let record = RunRecord(
      id: store.newID(), parent: nil, log: session.log, executedSteps: session.executedSteps)
    var measured = RunMeasurements()
    measured.points = [
      MetricPoint("l2", level: 0.1, step: 32, value: 0.5),
      MetricPoint("l2", level: 0.2, step: 32, value: 0.7, low: 0.6, high: 0.9),
      MetricPoint("loss", step: 32, value: 1.25),
    ]
    measured.clouds = [SampleCloud(step: 32, dimension: 2, points: [1, -2.5, 3, 4])]
    // A checkpoint of a run that is not there is not kept.
    store.save(record)
    store.save(early, of: record.id)
    store.save(RunProgress(record: record, checkpoint: session.checkpoint, measured: measured))
    store.close()

    let later = try RunDatabase(folder)
    #expect(try later.record(record.id) == record)
    #expect(try later.series(of: record.id) == measured.points)
    #expect(try later.series(of: record.id, named: "loss") == [measured.points[2]])
    #expect(try later.clouds(of: record.id) == measured.clouds)
    #expect(try later.checkpoint(notAfter: record.tip) == session.checkpoint)
    let place = RunPlace(run: record.id, executedSteps: 63, entries: 0)
    #expect(try later.checkpoint(notAfter: place) == early)
    #expect(try later.faults().isEmpty)
    // A point at the same place replaces the one before; a divergence takes away what came after.
    var changed = RunMeasurements()
    changed.points = [MetricPoint("loss", step: 32, value: 2)]
    try later.write { try later.save(changed, of: record.id, $0) }
    #expect(try later.series(of: record.id, named: "loss").map(\.value) == [2])
    changed = RunMeasurements()
    changed.forget(after: 31)
    try later.write { try later.save(changed, of: record.id, $0) }
    #expect(try later.series(of: record.id).isEmpty && later.clouds(of: record.id).isEmpty)
  }

  @Test("Runs of an earlier program are opened from the database and go on to the same bits")
  func resumes() throws {
    let folder = try TemporaryFolder()
    let store = try DatabaseRunStore(RunDatabase(folder))
    var runs = try LiveRuns(store: store)
    runs.train(to: 20)
    try runs.set("optimizer.learning_rate=0.01")
    runs.train(to: 30)
    #expect(try runs.undo())
    runs.train(to: 35)
    let branch = try #require(runs.tree.head)
    #expect(try runs.open(runs.tree.records[0].id))
    runs.finishReplay()
    runs.leave()
    store.close()
    let first = runs.tree.records[0]
    runs.train(to: 40)

    let other = try DatabaseRunStore(RunDatabase(folder))
    var later = try LiveRuns(store: other)
    #expect(try later.open(first.id))
    #expect(!later.isReplaying && later.session.executedSteps == 30)
    later.train(to: 40)
    #expect(later.session.bits == runs.session.bits)
    // Gone on with from the beginning there is nothing before it to undo.
    let third = try DatabaseRunStore(RunDatabase(folder))
    var begun = try LiveRuns(store: third)
    try begun.begin(with: first.id)
    #expect(try begun.session.executedSteps == 30 && !begun.undo() && begun.tree.head == first.id)
    // A branch comes with the run that it goes on from.
    #expect(try later.open(branch))
    #expect(later.tree[branch]?.parent?.run == first.id && later.session.executedSteps == 35)
    #expect(try !later.open(RunID(12)))
  }

  @Test(
    "A damaged checkpoint costs time: it is said, and its steps are taken again to the same bits")
  func damage() throws {
    let folder = try TemporaryFolder()
    let store = try DatabaseRunStore(RunDatabase(folder))
    var runs = try LiveRuns(store: store)
    runs.train(to: 20)
    try runs.set("optimizer.learning_rate=0.01")
    runs.train(to: 30)
    runs.leave()
    store.close()
    let checkpoints = folder.path + "/store/checkpoints"
    for row in try store.database.checkpoints() {
      var bytes = try FileReader.bytes("\(checkpoints)/\(row.file)", limit: 1 << 24)
      bytes[bytes.count / 2] ^= 1
      try FileWriter.writeAtomically(bytes, to: "\(checkpoints)/\(row.file)")
    }
    let other = try DatabaseRunStore(RunDatabase(folder))
    var later = try LiveRuns(store: other)
    #expect(try later.open(runs.tree.records[0].id))
    later.finishReplay()
    #expect(later.session.bits == runs.session.bits)
    #expect(later.storeProblem?.contains("its checksum does not fit; its steps are taken") == true)
  }

  @Test("A run that never took a step is not kept, and its branches know their root")
  func rows() throws {
    let folder = try TemporaryFolder()
    let store = try DatabaseRunStore(RunDatabase(folder))
    var runs = try LiveRuns(store: store)
    try runs.set("optimizer.learning_rate=0.01")
    try runs.restart(try runs.session.configuration.setting(["seed=8"]))
    runs.train(to: 10)
    try runs.set("optimizer.batch=32")
    runs.train(to: 20)
    #expect(try runs.undo())
    runs.train(to: 15)
    runs.leave()
    store.close()
    let ids = runs.tree.records.map(\.id)
    #expect(try Set(store.database.ids()) == Set(ids.dropFirst()))
    let roots = try store.database.read { try Int.fetchAll($0, sql: "SELECT root FROM runs") }
    #expect(roots == [ids[1].number, ids[1].number])
    let names = try ids.dropFirst().map { try store.database.name(of: $0) }
    #expect(names == ["two_moons-1", "two_moons-2"])
  }
}
