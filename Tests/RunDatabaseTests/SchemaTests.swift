import Foundation
import GRDB
import TestSupport
import Testing

@testable import RunDatabase
@testable import ScoreLab

/// Databases of other versions, and what is no database.
@Suite struct SchemaTests {
  /// Where the dump of a database of each released layout is.
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  /// The layouts that were released: `schema-1.sql` and so on.
  private static var released: [Int] { Array(1...RunSchema.migrator.migrations.count) }

  private static func fixture(_ number: Int) -> URL {
    fixtures.appendingPathComponent("schema-\(number).sql")
  }

  /// What a database is made of: its tables, indices and the columns that they have.
  private func layout(_ database: Database) throws -> [String] {
    try String.fetchAll(
      database, sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")
  }

  @Test("A database of each released layout opens with its runs", arguments: released)
  func opens(number: Int) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/store", withIntermediateDirectories: true)
    let text = try String(contentsOf: Self.fixture(number), encoding: .utf8)
    let old = try DatabaseQueue(path: folder.path + "/store/" + RunDatabase.fileName)
    try old.write { try $0.execute(sql: text) }
    try old.close()
    let database = try RunDatabase(folder)
    #expect(try database.faults().isEmpty)
    let ids = try database.ids()
    #expect(ids.count == 2)
    let records = try ids.map { try #require(try database.record($0)) }
    #expect(records.map(\.executedSteps).sorted() == [30, 40])
    let branch = try #require(records.first { $0.parent != nil })
    #expect(branch.parent?.executedSteps == 20 && branch.log.entries.count == 2)
    let root = try #require(records.first { $0.parent == nil })
    #expect(root.log.start.seed == 7 && root.log.entries.count == 1)
    // What was measured is there, and the run is the same as one that is trained today.
    #expect(try !database.series(of: root.id, named: "loss").isEmpty)
    let fresh = try RunDatabase(inMemory: .test)
    #expect(try database.read(layout) == fresh.read(layout))
  }

  @Test(
    "The newest layout is what its fixture has",
    .enabled(if: ProcessInfo.processInfo.environment["SCOREFIELD_RECORD"] == nil))
  func newest() throws {
    let number = try #require(Self.released.last)
    let text = try String(contentsOf: Self.fixture(number), encoding: .utf8)
    let old = try DatabaseQueue()
    try old.write { try $0.execute(sql: text) }
    let fresh = try RunDatabase(inMemory: .test)
    #expect(try old.read(layout) == fresh.read(layout))
  }

  /// Writes the dump of a small store of the newest layout, once, before it is released.
  @Test(
    "A fixture of the newest layout is written",
    .enabled(if: ProcessInfo.processInfo.environment["SCOREFIELD_RECORD"] != nil))
  func records() throws {
    let folder = try TemporaryFolder()
    let store = try DatabaseRunStore(RunDatabase(folder))
    var runs = try LiveRuns("seed=7", store: store)
    runs.train(to: 20)
    try runs.set("optimizer.learning_rate=0.01")
    runs.train(to: 30)
    runs.leave()
    #expect(try runs.undo())
    try runs.set("optimizer.batch=32")
    runs.train(to: 35)
    try runs.set("optimizer.batch=48")
    runs.train(to: 40)
    runs.leave()
    store.close()
    let dump = Process()
    dump.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
    dump.arguments = [store.database.path, ".dump"]
    let output = Pipe()
    dump.standardOutput = output
    try dump.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    dump.waitUntilExit()
    try FileManager.default.createDirectory(at: Self.fixtures, withIntermediateDirectories: true)
    let text = String(decoding: bytes, as: UTF8.self)
      .replacing("PRAGMA foreign_keys=OFF;\n", with: "")
      .replacing("BEGIN TRANSACTION;\n", with: "").replacing("COMMIT;\n", with: "")
    try text.write(
      to: Self.fixture(try #require(Self.released.last)), atomically: true, encoding: .utf8)
  }

  @Test("A database of a newer version is refused by the name of its layout, and is not touched")
  func newer() throws {
    let folder = try TemporaryFolder()
    let database = try RunDatabase(folder)
    try database.write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('7 lessons')")
    }
    do {
      _ = try RunDatabase(folder)
      Issue.record("it opened")
    } catch {
      let line = "\(error)"
      #expect(line.contains("runs.sqlite: a newer version of scorefield has written it"))
      #expect(line.contains("\"7 lessons\"") && line.contains("\"2 deleted\""))
    }
  }

  @Test("What is no database, or half of one, is refused in one line and stays as it is")
  func damaged() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/store", withIntermediateDirectories: true)
    let text = String(repeating: "this is no database\n", count: 300)
    let path = try folder.write(text, to: "store/" + RunDatabase.fileName)
    #expect(throws: FileError.self) { try RunDatabase(folder) }
    #expect(try FileReader.text(path, limit: 1 << 20) == text)
    do {
      _ = try RunDatabase(folder)
    } catch {
      #expect("\(error)".contains("the database is damaged; with the file moved away a new one"))
    }
  }

  @Test("A store is where it was asked for, whatever the path has in it")
  func paths() throws {
    let folder = try TemporaryFolder()
    for name in ["with space", "line\nbreak", "quote'\"?#%", "file:x"] {
      let database = try RunDatabase(folder: "\(folder.path)/\(name)", origin: .test)
      let store = try DatabaseRunStore(database)
      var runs = try LiveRuns(store: store)
      runs.train(to: 3)
      runs.leave()
      store.close()
      #expect(store.problem == nil)
      #expect(FileManager.default.fileExists(atPath: "\(folder.path)/\(name)/runs.sqlite"))
      #expect(try RunDatabase(folder: "\(folder.path)/\(name)", origin: .test).ids().count == 1)
    }
    #expect(throws: FileError.self) { try RunDatabase(folder: "/dev/null/x", origin: .test) }
    #expect(throws: FileError.self) { try RunDatabase(folder: "a\0b", origin: .test) }
  }
}
