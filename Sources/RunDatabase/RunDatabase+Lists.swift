internal import GRDB
package import ScoreLab

extension RunDatabase {
  /// All runs but those that are marked to be deleted, those that were trained last first.
  ///
  /// - Parameter limit: The most runs; all without one.
  /// - Returns: What lists show of them; configurations and logs are not read.
  /// - Throws: ``FileError``.
  package func summaries(limit: Int? = nil) throws(FileError) -> [RunSummary] {
    try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT id, name, tags, note, distribution, seed, steps, loss, worst_l2, created, updated,
            root, version, processor, parent, source_commit, digest, digest_steps, digest_entries
          FROM runs WHERE deleted IS NULL ORDER BY updated DESC LIMIT ?
          """, arguments: [limit ?? -1])
      var summaries: [RunSummary] = []
      while let row = try rows.next() { summaries.append(Self.summary(row)) }
      return summaries
    }
  }

  /// Whether a list is another one than before, as far as training changes it.
  struct Standing: Equatable {
    /// Of a list that is not known.
    static let unknown = Standing(count: -1, updated: 0)

    var count: Int
    /// When a run was trained last.
    var updated: Double
  }

  /// How the list of all runs stands.
  func standing() throws(FileError) -> Standing {
    try read { database in
      let row = try Row.fetchOne(
        database, sql: "SELECT COUNT(*), MAX(updated) FROM runs WHERE deleted IS NULL")
      return Standing(count: row?[0] ?? 0, updated: row?[1] ?? 0)
    }
  }

  /// Takes columns by their places, which is quicker by far than by their names.
  private static func summary(_ row: Row) -> RunSummary {
    let id = RunID(row[0])
    let tags: String = row[2]
    var summary = RunSummary(
      id: id, name: row[1], tags: tags.split(separator: " ").map(String.init), note: row[3],
      distribution: row[4], seed: row[5], steps: row[6], loss: row[7], worstL2: row[8],
      created: row[9], updated: row[10], root: RunID(row[11]),
      origin: RunOrigin(version: row[12], commit: row[15], processor: row[13]))
    if let parent: Int = row[14] { summary.parent = RunID(parent) }
    if let text: String = row[16] {
      let place = RunPlace(run: id, executedSteps: row[17], entries: row[18])
      summary.digest = RunDigest(text: text, place: place)
    }
    return summary
  }

  /// Gives a run another name.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - name: A name that ``RunName/problem(_:)`` finds nothing wrong with.
  /// - Returns: False where another run has the name.
  /// - Throws: ``FileError``.
  package func rename(_ run: RunID, to name: String) throws(FileError) -> Bool {
    try write { database in
      let isTaken = try Bool.fetchOne(
        database, sql: "SELECT EXISTS (SELECT 1 FROM runs WHERE name = ? AND id <> ?)",
        arguments: [name, run.number])
      guard isTaken != true else { return false }
      try database.execute(
        sql: "UPDATE runs SET name = ? WHERE id = ?", arguments: [name, run.number])
      return true
    }
  }

  /// Gives a run tags in place of those that it had, in order and each once.
  package func setTags(_ tags: [String], of run: RunID) throws(FileError) {
    let text = Set(tags).sorted().joined(separator: " ")
    try write {
      try $0.execute(sql: "UPDATE runs SET tags = ? WHERE id = ?", arguments: [text, run.number])
    }
  }

  /// Gives a run a note in place of the one that it had.
  package func setNote(_ note: String, of run: RunID) throws(FileError) {
    try write {
      try $0.execute(sql: "UPDATE runs SET note = ? WHERE id = ?", arguments: [note, run.number])
    }
  }

  /// The last checkpoint on the way to a place in a run, of the run or of those that it goes on from.
  ///
  /// - Parameters:
  ///   - place: The place.
  ///   - warn: Called with one line for each that cannot be read.
  /// - Returns: Nil where the way begins at the start.
  /// - Throws: ``FileError``.
  package func checkpoint(
    onTheWayTo place: RunPlace, warn: (String) -> Void
  ) throws(FileError) -> Checkpoint? {
    for near in try place.lineage(record: record) {
      if let found = try checkpoint(notAfter: near, warn: warn) { return found }
    }
    return nil
  }
}

/// What runs may be called.
package enum RunName {
  /// The most bytes of a note.
  package static let longestNote = 1000

  /// What is wrong with a name; nil for one that can be given.
  ///
  /// - Parameter name: The name.
  /// - Returns: What is allowed.
  package static func problem(_ name: String) -> String? {
    isWord(name) && name.utf8.count <= 60
      ? nil : "a name is up to 60 letters, digits, -, _, . and +"
  }

  /// What is wrong with a tag; nil for one that can be given.
  ///
  /// - Parameter tag: The tag.
  /// - Returns: What is allowed.
  package static func problem(tag: String) -> String? {
    isWord(tag) && tag.utf8.count <= 30
      ? nil : "a tag is up to 30 letters, digits, -, _, . and +"
  }

  private static func isWord(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy { scalar in
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "-_.+".unicodeScalars.contains(scalar)
      }
  }
}
