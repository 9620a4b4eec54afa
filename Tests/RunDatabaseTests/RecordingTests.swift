import GRDB
import OutsideText
import ScoreCore
import TestSupport
import Testing

@testable import RunDatabase
@testable import ScoreLab

/// A run that is recorded while it trains.
@Suite struct RecordingTests {
  @Test("Recording changes no bit, and what is kept ends where the run ended")
  func records() throws {
    let folder = try TemporaryFolder()
    let store = try DatabaseRunStore(RunDatabase(folder))
    var (session, plain) = (try Session(try .small()), try Session(try .small()))
    plain.train(to: 100)
    let id = store.newID()
    var run = RecordedRun(
      RunRecord(id: id, parent: nil, log: session.log, executedSteps: 0), in: store)
    for _ in 0..<100 {
      _ = session.trainStep()
      run.stepTaken(session)
    }
    session.measureNow(MeasurementRequest([ProbeMeasurement.self]))
    run.measured(session)
    run.finish(session)
    #expect(session.bits == plain.bits)
    let database = store.database
    let record = try #require(try database.record(id))
    #expect(record.executedSteps == 100 && record.log == session.log)
    #expect(try database.checkpoint(notAfter: record.tip) == plain.checkpoint)
    let row = try #require(
      try database.read { try Row.fetchOne($0, sql: "SELECT * FROM runs") })
    #expect(row["digest"] == plain.checkpoint.digest && row["digest_steps"] == 100)
    #expect(row["loss"] == session.history.smoothed && row["steps"] == 100)
    #expect(row["worst_l2"] == session.measurements.probe?.levels.map(\.l2).max())
    #expect(row["version"] == "1.2.3" && row["processor"] == "a processor")
    #expect(try database.series(of: id, named: "loss").last?.step == 100)
  }

  @Test("Sample metrics are kept as series by their names, each value once")
  func metrics() throws {
    var session = try Session(try .small())
    var collector = MeasurementCollector()
    session.train(to: 20)
    session.measureNow(
      MeasurementRequest([SamplesMeasurement.self, SampleMetricsMeasurement.self]))
    collector.collect(session)
    collector.collect(session)
    let found = collector.take().points
    let metrics = try #require(session.measurements.sampleMetrics)
    for metric in metrics {
      let values = found.filter { $0.name == metric.name }
      let last = metric.history.last
      #expect(values.map(\.value) == [last?.value].compactMap { $0 }, "\(metric.name)")
      #expect(values.map(\.step) == [last?.step].compactMap { $0 })
    }
    #expect(found.contains { $0.name == "mmd" && $0.step == 20 })
    #expect(collector.take().points.isEmpty)
  }

  @Test("A digest differs when one bit of a weight does")
  func digest() throws {
    var session = try Session(try .small())
    session.train(to: 3)
    let checkpoint = session.checkpoint
    var other = checkpoint
    other.state.training.parameters[5] = checkpoint.state.training.parameters[5].nextUp
    #expect(other.digest != checkpoint.digest)
    other = checkpoint
    other.state.training.average[5] = checkpoint.state.training.average[5].nextDown
    #expect(other.digest != checkpoint.digest)
  }

  @Test("Two programs write one store at a time, each its own runs, and no run twice")
  func twoPrograms() throws {
    let folder = try TemporaryFolder()
    let stores = try (0..<2).map { _ in try DatabaseRunStore(RunDatabase(folder)) }
    var runs = try stores.map { try LiveRuns(store: $0) }
    for step in 1...20 {
      for index in runs.indices {
        runs[index].train(to: step)
        try runs[index].set("optimizer.batch=\(10 + step)")
      }
    }
    for index in runs.indices { runs[index].leave() }
    for store in stores { store.flush() }
    #expect(stores.allSatisfy { $0.problem == nil })
    let third = try RunDatabase(folder)
    #expect(try third.ids().count == 2 && third.faults().isEmpty)
    for run in runs {
      let record = run.tree.records[0]
      #expect(try third.record(record.id) == record)
    }
    // The run of one cannot be gone on with by the other meanwhile; in memory it goes on all the same.
    #expect(try runs[1].open(runs[0].tree.records[0].id))
    runs[1].train(to: 25)
    runs[1].leave()
    stores[1].flush()
    #expect(runs[1].storeProblem?.contains("in use by process") == true)
    #expect(runs[1].session.executedSteps == 25)
    #expect(try third.record(runs[0].tree.records[0].id)?.executedSteps == 20)
  }

  @Test("A session of many runs keeps the last ones to itself, and not an open file for each")
  func manyRuns() throws {
    let folder = try TemporaryFolder()
    let store = try DatabaseRunStore(RunDatabase(folder))
    var runs = try LiveRuns(store: store)
    for _ in 0..<40 {
      runs.train(to: 1)
      try runs.restart(runs.session.configuration)
      store.flush()
    }
    let records = runs.tree.records
    #expect(records.count == 41)
    // The newest has no step yet, so it is not in the database and not locked.
    let other = try RunDatabase(folder)
    let held = records.filter { (try? other.lock($0.id)) == nil }.map(\.id)
    #expect(held == records[8..<40].map(\.id))
    // The first is taken again as soon as it is gone on with.
    #expect(try runs.open(records[0].id))
    runs.train(to: 2)
    runs.leave()
    store.flush()
    #expect((try? other.lock(records[0].id)) == nil && store.problem == nil)
    #expect(try other.record(records[0].id)?.executedSteps == 2)
  }

  @Test("While another program holds the database, training goes on and it is said in one line")
  func locked() throws {
    let folder = try TemporaryFolder()
    let database = try RunDatabase(
      folder: folder.path + "/store", origin: .test, patience: 0.05)
    let store = try DatabaseRunStore(database)
    var runs = try LiveRuns(store: store)
    runs.train(to: 5)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: database.path, configuration: configuration)
    try other.inDatabase { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    runs.leave()
    store.flush()
    let problem = try #require(store.problem)
    #expect(problem.contains("runs.sqlite: another program holds it") && !problem.contains("\n"))
    runs.train(to: 10)
    try other.inDatabase { try $0.execute(sql: "COMMIT") }
    runs.leave()
    store.flush()
    #expect(try store.problem == nil && database.ids().count == 1)
  }

  @Test("Checkpoints that do not fit go where the gap is smallest, the last of a run never")
  func spacing() throws {
    func rows(_ steps: [Int], bytes: Int) -> [CheckpointRow] {
      steps.map { step in
        CheckpointRow(
          place: RunPlace(run: RunID(1), executedSteps: step, entries: 0), file: "\(step)",
          bytes: bytes, checksum: "", format: 1)
      }
    }
    func left(_ steps: [Int], room: Int) -> [Int] {
      let gone = CheckpointSpacing.excess(of: rows(steps, bytes: 10), over: 10 * room)
        .map(\.place.executedSteps)
      return steps.filter { !gone.contains($0) }
    }
    #expect(left([0, 1, 2, 3, 4], room: 5) == [0, 1, 2, 3, 4])
    #expect(left([0, 1, 2, 3, 4, 5, 6, 7, 8], room: 5) == [0, 2, 4, 6, 8])
    #expect(left([0, 100, 101, 200, 300], room: 4).count == 4)
    #expect(left([0, 100, 101, 200, 300], room: 4).contains(300))
    #expect(left([10, 20, 30], room: 0) == [30])
    // Steps that come one by one into room for ten stay spread over all of them.
    var steps: [Int] = []
    for step in 1...1000 { steps = left(steps + [step], room: 10) }
    let gaps = zip(steps, steps.dropFirst()).map { $1 - $0 }
    #expect(steps.first == 1 && steps.last == 1000 && (gaps.max() ?? 0) <= 250)
  }

  @Test("Over the budget the runs that were left alone longest lose their checkpoints first")
  func budget() throws {
    let folder = try TemporaryFolder()
    let database = try RunDatabase(folder)
    var last: [RunID] = []
    for seed in 1...3 {
      let store = try DatabaseRunStore(database)
      var runs = try LiveRuns("seed=\(seed)", store: store)
      for step in [10, 20, 30] {
        runs.train(to: step)
        try runs.set("optimizer.batch=\(20 + step)")
      }
      runs.leave()
      store.close()
      last.append(runs.tree.records[0].id)
    }
    let total = try database.checkpointBytes()
    #expect(total == (try database.checkpoints().reduce(0) { $0 + $1.bytes }))
    let counts = try last.map { try database.checkpoints(of: $0).count }
    // A twentieth of all has to go: less than what is between the first and the last of the oldest run,
    // however many checkpoints a busy machine had time for.
    var budget = CheckpointBudget(total: total * 19 / 20)
    budget.run = total
    #expect(try database.clean(budget) >= total / 20)
    #expect(try database.checkpointBytes() <= total * 19 / 20)
    #expect(try database.checkpoints(of: last[0]).count < counts[0])
    #expect(try database.checkpoints(of: last[2]).count == counts[2])
    let files = try #require(FileName.names(in: folder.path + "/store/checkpoints"))
    #expect(
      try Set(files.filter { $0.hasSuffix(".safetensors") })
        == Set(database.checkpoints().map(\.file)))
    #expect(try last.allSatisfy { try database.record($0) != nil })
  }
}
