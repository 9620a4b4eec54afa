import Foundation
internal import GRDB
package import ScoreLab

extension RunDatabase {
  /// A run that is kept, or nil.
  ///
  /// - Parameter run: Its id.
  /// - Returns: Where it comes from, how it began and what was done to it.
  /// - Throws: ``FileError``, also for a configuration that this version cannot read.
  package func record(_ run: RunID) throws(FileError) -> RunRecord? {
    let rows = try read { database in
      try Row.fetchOne(database, sql: "SELECT * FROM runs WHERE id = ?", arguments: [run.number])
        .map { row in
          (
            row,
            try Row.fetchAll(
              database, sql: "SELECT * FROM edits WHERE run = ? ORDER BY position",
              arguments: [run.number])
          )
        }
    }
    guard let (row, edits) = rows else { return nil }
    var log = RunLog(start: try configuration(row["start"], of: run))
    for edit in edits {
      let text: String? = edit["configuration"]
      let action: RunLog.Action =
        if let text { .configure(try configuration(text, of: run)) } else { .resumeAfterDivergence }
      log.entries.append(.init(executedSteps: edit["executed_steps"], action: action))
    }
    var parent: RunPlace?
    if let number = row["parent"] as Int? {
      parent = RunPlace(
        run: RunID(number), executedSteps: row["parent_steps"], entries: row["parent_entries"])
    }
    return RunRecord(id: run, parent: parent, log: log, executedSteps: row["executed_steps"])
  }

  /// A configuration as it was kept, with the names that keys and values have now.
  private func configuration(_ text: String, of run: RunID) throws(FileError) -> RunConfiguration {
    let file = "run \(run)"
    do {
      return try RunConfiguration.parse(
        text: ConfigurationMigration(text: text, file: file).text, file: file)
    } catch {
      throw FileError(path: path, reason: "\(error)")
    }
  }

  /// What a run is called; nil where it is not kept.
  ///
  /// - Parameter run: Its id.
  /// - Returns: Its name, which no other run has.
  /// - Throws: ``FileError``.
  package func name(of run: RunID) throws(FileError) -> String? {
    try read {
      try String.fetchOne($0, sql: "SELECT name FROM runs WHERE id = ?", arguments: [run.number])
    }
  }

  /// Whether there is a run of an id.
  func contains(_ run: RunID) throws(FileError) -> Bool {
    try read { database in try Self.contains(run, database) }
  }

  private static func contains(_ run: RunID, _ database: Database) throws -> Bool {
    try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM runs WHERE id = ?)", arguments: [run.number])
      ?? false
  }

  /// Keeps a record and, where it is known, how the run stands at its end.
  ///
  /// - Parameters:
  ///   - record: The run; entries of the log that are kept already stay as they are.
  ///   - standing: The state at the record's end, with the digest of its weights.
  ///   - database: The transaction.
  /// - Throws: An error of the database.
  func save(_ record: RunRecord, standing: RunStanding?, _ database: Database) throws {
    let now = Date().timeIntervalSince1970
    if try !Self.contains(record.id, database) { try insert(record, at: now, database) }
    try database.execute(
      sql: """
        UPDATE runs SET executed_steps = ?, updated = MAX(updated, ?), deleted = NULL
        WHERE id = ?
        """, arguments: [record.executedSteps, now, record.id.number])
    try append(record.log, to: record.id, database)
    guard let standing else { return }
    try database.execute(
      sql: """
        UPDATE runs SET steps = ?, loss = ?, digest = ?, digest_steps = ?, digest_entries = ?
        WHERE id = ?
        """,
      arguments: [
        standing.step, standing.loss, standing.digest, standing.executedSteps, standing.entries,
        record.id.number,
      ])
  }

  private func insert(_ record: RunRecord, at now: Double, _ database: Database) throws {
    let start = record.log.start
    let kind = start.distribution.kind
    let parent = record.parent
    var root: Int?
    if let parent {
      root = try Int.fetchOne(
        database, sql: "SELECT root FROM runs WHERE id = ?", arguments: [parent.run.number])
    }
    try database.execute(
      sql: """
        INSERT INTO runs (id, name, start, distribution, seed, version, source_commit, processor,
          parent, parent_steps, parent_entries, root, created, updated, executed_steps, steps)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        record.id.number, try Self.freeName(kind, database), start.yaml, kind, "\(start.seed)",
        origin.version, origin.commit, origin.processor, parent?.run.number,
        parent?.executedSteps, parent?.entries, root ?? record.id.number, now, now,
        record.executedSteps, record.executedSteps,
      ])
  }

  /// The first of `two_moons-1`, `two_moons-2` and so on behind those that were given.
  private static func freeName(_ kind: String, _ database: Database) throws -> String {
    var number =
      try Int.fetchOne(
        database, sql: "SELECT COUNT(*) FROM runs WHERE distribution = ?", arguments: [kind]) ?? 0
    repeat {
      number += 1
    } while try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM runs WHERE name = ?)",
      arguments: ["\(kind)-\(number)"]) ?? false
    return "\(kind)-\(number)"
  }

  private func append(_ log: RunLog, to run: RunID, _ database: Database) throws {
    let kept =
      try Int.fetchOne(
        database, sql: "SELECT COUNT(*) FROM edits WHERE run = ?", arguments: [run.number]) ?? 0
    for (position, entry) in log.entries.enumerated().dropFirst(kept) {
      let (action, configuration): (String, String?) =
        switch entry.action {
        case .configure(let configuration): ("configure", configuration.yaml)
        case .resumeAfterDivergence: ("resume", nil)
        }
      try database.execute(
        sql: "INSERT INTO edits VALUES (?, ?, ?, ?, ?)",
        arguments: [run.number, position, entry.executedSteps, action, configuration])
    }
  }
}

/// How a run stands at the end of its record.
struct RunStanding {
  var executedSteps: Int
  var entries: Int
  /// The training steps behind the weights.
  var step: Int
  var loss: Double?
  /// A checksum of the weights and their average.
  var digest: String
}
