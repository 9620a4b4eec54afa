internal import GRDB
import ScoreLab

extension RunDatabase {
  /// Adds a run that comes from a file, all or nothing.
  ///
  /// - Parameters:
  ///   - file: The run.
  ///   - id: An id that no run has.
  /// - Returns: Its name: that of the file where it is free.
  /// - Throws: ``FileError``.
  func add(_ file: RunFile, as id: RunID) throws(FileError) -> String {
    let (old, summary) = (file.record, file.summary)
    let record = RunRecord(
      id: id, parent: old.parent, log: old.log, executedSteps: old.executedSteps)
    let standing = summary.digest.map { digest in
      RunStanding(
        executedSteps: digest.place.executedSteps, entries: digest.place.entries,
        step: summary.steps, loss: summary.loss, digest: digest.text)
    }
    var measured = RunMeasurements()
    (measured.points, measured.clouds) = (file.points, file.clouds)
    return try write { database in
      try save(record, standing: standing, database)
      try save(measured, of: id, database)
      let origin = summary.origin
      try database.execute(
        sql: """
          UPDATE runs SET tags = ?, note = ?, created = ?, version = ?, source_commit = ?,
            processor = ?, name = CASE WHEN EXISTS (SELECT 1 FROM runs WHERE name = ?)
              THEN name ELSE ? END
          WHERE id = ?
          """,
        arguments: [
          summary.tags.joined(separator: " "), summary.note, summary.created, origin.version,
          origin.commit, origin.processor, summary.name, summary.name, id.number,
        ])
      return try String.fetchOne(
        database, sql: "SELECT name FROM runs WHERE id = ?", arguments: [id.number]) ?? ""
    }
  }
}
