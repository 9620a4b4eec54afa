package import ScoreCore
package import ScoreLab

/// Keeps runs in a database while they train, and in memory what the program may go back to.
///
/// Nothing that happens to the database or its disk stops a run: what cannot be written is a problem that is
/// reported, and what cannot be read is computed again.
package final class DatabaseRunStore: RunStore {
  package let database: RunDatabase
  private let memory = MemoryRunStore()
  private let writer: StoreWriter

  /// Starts the thread that writes.
  ///
  /// - Parameters:
  ///   - database: Where runs are kept.
  ///   - budget: What their checkpoints may take of the disk.
  /// - Throws: ``ThreadError``.
  package init(
    _ database: RunDatabase, budget: CheckpointBudget = .standard
  ) throws(ThreadError) {
    self.database = database
    writer = try StoreWriter(database, budget: budget)
  }

  deinit { writer.end() }

  /// Drawn from so many that two programs never draw the same.
  package func newID() -> RunID { RunID(Int.random(in: 1 << 44..<1 << 48)) }

  package func record(_ run: RunID) throws(FileError) -> RunRecord? {
    if let record = memory.record(run) { return record }
    return try database.record(run)
  }

  package func save(_ record: RunRecord) {
    memory.save(record)
    writer.save(record.id, record: record)
  }

  package func checkpoint(notAfter place: RunPlace) -> Checkpoint? {
    let near = memory.checkpoint(notAfter: place)
    let nearPlace = near?.place(in: place.run)
    if nearPlace == place { return near }
    writer.flush()
    do throws(FileError) {
      let kept = try database.checkpoint(notAfter: place, after: nearPlace) { writer.report($0) }
      return kept ?? near
    } catch {
      writer.report("\(error); its steps are taken again")
      return near
    }
  }

  package func save(_ checkpoint: Checkpoint, of run: RunID) {
    memory.save(checkpoint, of: run)
    writer.save(run, checkpoint: checkpoint)
  }

  package func save(_ progress: RunProgress) {
    memory.save(progress.record)
    writer.save(
      progress.record.id, record: progress.record, checkpoint: progress.checkpoint,
      measured: progress.measured)
  }

  package func progressInterval(after seconds: Double) -> Double {
    writer.interval(after: seconds)
  }

  package func flush() { writer.flush() }

  /// Waits until everything is kept, and gives the runs free for other programs.
  package func close() { writer.end() }

  package var outlivesProgram: Bool { database.folder != nil && writer.isWriting }

  package var problem: String? { writer.problem }
}
