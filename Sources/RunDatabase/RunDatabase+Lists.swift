internal import GRDB
package import ScoreLab

extension RunDatabase {
  /// All runs, those that were trained last first.
  ///
  /// - Returns: What lists show of them; configurations and logs are not read.
  /// - Throws: ``FileError``.
  package func summaries() throws(FileError) -> [RunSummary] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT id, name, tags, note, distribution, seed, steps, loss, worst_l2, created, updated,
            parent, root, version, source_commit, processor, digest, digest_steps, digest_entries
          FROM runs ORDER BY updated DESC
          """
      ).map(Self.summary)
    }
  }

  private static func summary(_ row: Row) -> RunSummary {
    let id = RunID(row["id"])
    var summary = RunSummary(
      id: id, name: row["name"],
      tags: (row["tags"] as String).split(separator: " ").map(String.init), note: row["note"],
      distribution: row["distribution"], seed: row["seed"], steps: row["steps"],
      loss: row["loss"], worstL2: row["worst_l2"], created: row["created"],
      updated: row["updated"], parent: (row["parent"] as Int?).map { RunID($0) },
      root: RunID(row["root"]),
      origin: RunOrigin(
        version: row["version"], commit: row["source_commit"], processor: row["processor"]))
    if let text = row["digest"] as String? {
      summary.digest = RunDigest(
        text: text,
        place: RunPlace(
          run: id, executedSteps: row["digest_steps"], entries: row["digest_entries"]))
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

  /// Takes a run away with all that was kept of it; its branches stay, each with a whole log.
  ///
  /// - Parameter run: The run.
  /// - Throws: ``FileError``, also where a program is writing the run.
  package func delete(_ run: RunID) throws(FileError) {
    let lock = try lock(run)
    defer { withExtendedLifetime(lock) {} }
    try remove(try checkpoints(of: run))
    try write { try $0.execute(sql: "DELETE FROM runs WHERE id = ?", arguments: [run.number]) }
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
    var next: RunPlace? = place
    while let place = next {
      if let found = try checkpoint(notAfter: place, warn: warn) { return found }
      next = try record(place.run)?.parent?.orEarlier(than: place)
    }
    return nil
  }
}

/// What runs may be called.
package enum RunName {
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
