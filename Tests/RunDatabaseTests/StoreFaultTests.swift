import Foundation
import GRDB
import TestSupport
import Testing

@testable import RunDatabase
@testable import ScoreLab

/// What becomes of runs when the disk or the clock fails them.
@Suite struct StoreFaultTests {
  @Test("On a full disk training goes on, it is said in one line, and with room again all is kept")
  func fullDisk() throws {
    let folder = try TemporaryFolder()
    let store = try DatabaseRunStore(RunDatabase(folder))
    var runs = try LiveRuns(store: store)
    runs.train(to: 5)
    runs.leave()
    store.flush()
    #expect(store.problem == nil)
    func limitPages(_ count: Int) throws {
      try store.database.write {
        _ = try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(count)")
      }
    }
    try limitPages(1)
    // More than fits into the pages that are there.
    for step in 6...60 {
      runs.train(to: step)
      try runs.set("optimizer.batch=\(10 + step)")
    }
    runs.leave()
    store.flush()
    let problem = try #require(store.problem)
    #expect(problem.contains("no space left on the disk") && !problem.contains("\n"))
    #expect(runs.session.executedSteps == 60)
    #expect(try store.database.faults().isEmpty)
    try limitPages(1 << 30)
    runs.train(to: 70)
    runs.leave()
    store.close()
    let record = runs.tree.records[0]
    #expect(try store.problem == nil && store.database.record(record.id) == record)
  }

  @Test("What was measured while the disk was full is kept with the next save that works")
  func measuredOnFullDisk() throws {
    let folder = try TemporaryFolder()
    let store = try DatabaseRunStore(RunDatabase(folder))
    var runs = try LiveRuns(store: store)
    runs.train(to: 5)
    runs.leave()
    store.flush()
    func limitPages(_ count: Int) throws {
      try store.database.write {
        _ = try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(count)")
      }
    }
    let record = runs.tree.records[0]
    var measured = RunMeasurements()
    measured.points = (6...5000).map { MetricPoint("a series", step: $0, value: 1) }
    try limitPages(1)
    store.save(
      RunProgress(record: record, checkpoint: runs.session.checkpoint, measured: measured))
    store.flush()
    #expect(store.problem != nil)
    #expect(try store.database.series(of: record.id, named: "a series").isEmpty)
    try limitPages(1 << 30)
    // Nothing else comes: the end is the next save.
    store.close()
    #expect(store.problem == nil)
    #expect(try store.database.series(of: record.id, named: "a series").count == 4995)
  }

  @Test("A folder that cannot be read is no empty one: cleaning takes nothing away")
  func unreadableFolder() throws {
    let folder = try TemporaryFolder()
    let store = try DatabaseRunStore(RunDatabase(folder))
    var runs = try LiveRuns(store: store)
    runs.train(to: 5)
    runs.leave()
    store.close()
    let count = try store.database.checkpoints().count
    #expect(count > 0)
    let checkpoints = folder.path + "/store/checkpoints"
    try FileManager.default.moveItem(atPath: checkpoints, toPath: checkpoints + ".kept")
    try FileWriter.writeAtomically("no folder", to: checkpoints)
    #expect(throws: FileError.self) { try store.database.removeStrays() }
    #expect(try store.database.checkpoints().count == count)
  }

  @Test("A checkpoint that is cut off costs its steps and nothing else")
  func cutCheckpoint() throws {
    let folder = try TemporaryFolder()
    let store = try DatabaseRunStore(RunDatabase(folder))
    var runs = try LiveRuns(store: store)
    runs.train(to: 30)
    runs.leave()
    store.close()
    for row in try store.database.checkpoints() {
      let path = folder.path + "/store/checkpoints/" + row.file
      let bytes = try FileReader.bytes(path, limit: 1 << 24)
      try Data(bytes.prefix(bytes.count / 2)).write(to: URL(fileURLWithPath: path))
    }
    var warnings: [String] = []
    let tip = runs.tree.records[0].tip
    #expect(try store.database.checkpoint(notAfter: tip) { warnings.append($0) } == nil)
    #expect(warnings.count == 1 && warnings[0].contains("its checksum does not fit"))
    var later = try LiveRuns(store: DatabaseRunStore(RunDatabase(folder)))
    #expect(try later.open(tip.run))
    later.finishReplay()
    #expect(later.session.bits == runs.session.bits)
  }

  @Test("A database that is cut off is refused in one line, stays as it is, and training goes on")
  func cutDatabase() throws {
    let folder = try TemporaryFolder()
    let store = try DatabaseRunStore(RunDatabase(folder))
    var runs = try LiveRuns(store: store)
    for step in 1...30 {
      runs.train(to: step)
      try runs.set("optimizer.batch=\(10 + step)")
    }
    runs.leave()
    store.close()
    try DatabaseQueue(path: store.database.path).writeWithoutTransaction {
      _ = try Int.fetchOne($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    let bytes = try FileReader.bytes(store.database.path, limit: 1 << 24)
    // Cut between pages: what is left has a good first page and too few others.
    let part = Data(bytes.prefix(bytes.count / 2 / 4096 * 4096))
    try FileManager.default.createDirectory(
      atPath: folder.path + "/cut", withIntermediateDirectories: true)
    try part.write(to: URL(fileURLWithPath: folder.path + "/cut/runs.sqlite"))
    do {
      let cut = try RunDatabase(folder: folder.path + "/cut", origin: .test)
      _ = try cut.summaries()
      let writer = try DatabaseRunStore(cut)
      var later = try LiveRuns(store: writer)
      later.train(to: 10)
      later.leave()
      writer.close()
      #expect(later.session.executedSteps == 10)
      if let problem = writer.problem {
        #expect(problem.contains("the database is damaged") && !problem.contains("\n"))
      } else {
        Issue.record("nothing was said of half a database")
      }
    } catch {
      let line = "\(error)"
      #expect(line.contains("the database is damaged; with the file moved away"), "\(line)")
      let left = try FileReader.bytes(folder.path + "/cut/runs.sqlite", limit: 1 << 24)
      #expect(left == Array(part))
    }
  }

  @Test("With a clock that goes back no run looks older than it was, and the next is kept as it is")
  func clock() throws {
    let folder = try TemporaryFolder()
    let store = try DatabaseRunStore(RunDatabase(folder))
    var runs = try LiveRuns(store: store)
    runs.train(to: 5)
    runs.leave()
    store.flush()
    // As if what was kept so far had been so a year from now.
    let ahead = 365.0 * 86_400
    try store.database.write {
      try $0.execute(
        sql: "UPDATE runs SET created = created + ?, updated = updated + ?",
        arguments: [ahead, ahead])
    }
    let before = try store.database.summaries()[0].updated
    runs.train(to: 10)
    runs.leave()
    store.flush()
    let after = try store.database.summaries()[0]
    #expect(after.updated == before && after.steps == 10)
    try runs.restart(try runs.session.configuration.setting(["seed=8"]))
    runs.train(to: 5)
    runs.leave()
    store.close()
    #expect(try store.problem == nil && store.database.summaries().map(\.steps) == [10, 5])
  }

  @Test("A folder whose name is taken or that cannot be made is one line")
  func noFolder() throws {
    let folder = try TemporaryFolder()
    try folder.write("no folder", to: "store")
    for path in [folder.path + "/store", "/proc/no/store", "/dev/null/store"] {
      do {
        _ = try RunDatabase(folder: path, origin: .test)
        Issue.record("\(path) was opened")
      } catch {
        #expect(!"\(error)".contains("\n") && "\(error)".contains("/"))
      }
    }
  }
}
