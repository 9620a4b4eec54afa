import Foundation
import TestSupport
import Testing

@testable import RunDatabase
@testable import ScoreLab

/// The thread that reads and changes the runs for a screen.
@Suite struct RunLibraryTests {
  /// The first message that has something.
  private func message(
    of library: RunLibrary, where isMeant: (LibraryMessage) -> Bool
  ) throws -> LibraryMessage {
    for _ in 0..<2000 {
      if let message = library.mailbox.take(), isMeant(message) { return message }
      usleep(10_000)
    }
    throw FileError(path: "", reason: "no such message came in 20 seconds")
  }

  /// A store with runs that were trained one after the other.
  private func store(_ count: Int, in folder: TemporaryFolder) throws -> (RunDatabase, [RunID]) {
    let database = try RunDatabase(folder)
    let ids = try (1...count).map { number in
      let store = try DatabaseRunStore(database)
      var runs = try LiveRuns("seed=\(number)", store: store)
      for step in [10, 20, 10 * number + 20] {
        runs.train(to: step)
        runs.leave()
      }
      store.close()
      return runs.tree.records[0].id
    }
    return (database, ids)
  }

  @Test("What is asked for is read: the list in its order, small pictures, runs and curves")
  func reads() throws {
    let folder = try TemporaryFolder()
    let (database, ids) = try store(3, in: folder)
    let library = try RunLibrary(database)
    defer { library.end(atMost: 5) }
    library.send(.show(LibraryRequest(order: .steps, pictures: ids, runs: [ids[1]])))
    let message = try message(of: library) {
      $0.pictures.count == 3 && !$0.runs.isEmpty
    }
    #expect(message.isWhole && message.index.runs.map(\.id) == ids.reversed())
    let stored = try #require(message.runs[ids[1]])
    #expect(try stored.record == database.record(ids[1]))
    let losses = try database.series(of: ids[1], named: "loss")
    #expect(stored.series["loss"]?.values == losses.map(\.value))
    #expect(stored.series["loss"]?.steps == losses.map { Double($0.step) })
    #expect(message.pictures[ids[1]] == losses.map(\.value))
    #expect(stored.checkpoints.count > 0)
    // Another order needs no reading, and what is no longer looked at is let go.
    library.send(.show(LibraryRequest(order: .name)))
    let sorted = try self.message(of: library) { $0.runs.isEmpty }
    #expect(sorted.index.runs.map(\.name) == ["two_moons-1", "two_moons-2", "two_moons-3"])
  }

  @Test("Names, tags and notes are changed, and the list has them; a taken name is refused")
  func changes() throws {
    let folder = try TemporaryFolder()
    let (database, ids) = try store(2, in: folder)
    let library = try RunLibrary(database)
    defer { library.end(atMost: 5) }
    library.send(.show(LibraryRequest(order: .name)))
    library.send(.rename(ids[0], "best"))
    library.send(.tag(ids[0], ["a", "b"]))
    library.send(.note(ids[0], "words"))
    library.send(.rename(ids[1], "best"))
    let message = try message(of: library) { $0.commandsDone == 4 }
    #expect(message.problem == "another run is called best")
    let run = try #require(message.index.runs.first { $0.id == ids[0] })
    #expect(run.name == "best" && run.tags == ["a", "b"] && run.note == "words")
    #expect(try database.name(of: ids[1]) == "two_moons-2")
  }

  @Test("A deleted run is off every list, comes back until the end, and is gone after it")
  func deletes() throws {
    let folder = try TemporaryFolder()
    let (database, ids) = try store(3, in: folder)
    let library = try RunLibrary(database)
    library.send(.show(LibraryRequest(order: .name)))
    library.send(.delete(ids[0], isOwn: false))
    library.send(.delete(ids[1], isOwn: false))
    library.send(.restore)
    let message = try message(of: library) { $0.commandsDone == 3 }
    #expect(message.index.runs.map(\.id) == [ids[1], ids[2]])
    #expect(message.deleted.map(\.run) == [ids[0]] && message.report == "two_moons-2 is back")
    // All of it is still there, for whoever brings it back.
    #expect(try database.record(ids[0]) != nil && !database.checkpoints(of: ids[0]).isEmpty)
    #expect(try database.summaries().count == 2)
    library.end(atMost: 20)
    #expect(try database.record(ids[0]) == nil && database.checkpoints(of: ids[0]).isEmpty)
    #expect(try Set(database.ids()) == [ids[1], ids[2]] && database.faults().isEmpty)
  }

  @Test("A run another program writes is not deleted, and one that is trained on loses the mark")
  func marks() throws {
    let folder = try TemporaryFolder()
    let (database, ids) = try store(2, in: folder)
    let writer = try DatabaseRunStore(database)
    var runs = try LiveRuns(store: writer)
    #expect(try runs.open(ids[0]))
    runs.finishReplay()
    runs.train(to: runs.session.executedSteps + 5)
    runs.leave()
    writer.flush()
    #expect(throws: FileError.self) { try database.markDeleted(ids[0], isOwn: false) }
    try database.markDeleted(ids[0], isOwn: true)
    #expect(try database.summaries().map(\.id) == [ids[1]])
    // Whoever writes it keeps it from being deleted for good.
    #expect(try database.purge() == 0)
    runs.train(to: runs.session.executedSteps + 5)
    runs.leave()
    writer.close()
    #expect(try database.summaries().count == 2 && database.purge() == 0)
    try database.markDeleted(ids[1], isOwn: false)
    #expect(try database.purge([ids[0]]) == 0 && database.purge() == 1)
    #expect(try !database.restore(ids[1]) && database.summaries().map(\.id) == [ids[0]])
  }

  @Test("Of many losses a small picture has as many as asked for, the last among them")
  func pictures() throws {
    let database = try RunDatabase(inMemory: .test)
    let store = try DatabaseRunStore(database)
    var runs = try LiveRuns(store: store)
    runs.train(to: 2)
    runs.leave()
    var measured = RunMeasurements()
    measured.points = (1...40).map { MetricPoint("loss", step: $0, value: Double($0)) }
    let id = runs.tree.records[0].id
    store.flush()
    try database.write { try database.save(measured, of: id, $0) }
    #expect(try database.sparkline(of: id, count: 4) == [10, 20, 30, 40])
    #expect(try database.sparkline(of: id, count: 50).count == 40)
    store.close()
  }
}
