internal import GRDB
package import ScoreLab

/// What checkpoints may take of the disk.
package struct CheckpointBudget: Sendable, Equatable {
  /// The bytes of all checkpoints together.
  package var total: Int
  /// The bytes of one run's checkpoints.
  package var run: Int
  /// The most bytes of a state that is kept at all: a larger network is trained again from its log.
  package var largest = Checkpoint.largestKept

  /// 1 GiB together, of which one run may take a sixteenth.
  package static let standard = CheckpointBudget(total: 1 << 30)

  package init(total: Int) { (self.total, run) = (total, total / 16) }
}

/// A checkpoint as the database lists it.
struct CheckpointRow {
  var place: RunPlace
  var file: String
  var bytes: Int
  var checksum: String
  var format: Int
}

extension RunDatabase {
  /// The largest file of a checkpoint that is read.
  private static let largestFile = 1 << 32

  /// Where the files are; nil in memory.
  private var checkpointFolder: String? { folder.map { "\($0)/checkpoints" } }

  /// What a checkpoint's file is called.
  static func fileName(of place: RunPlace) -> String {
    "\(place.run)-\(place.executedSteps)-\(place.entries).\(CheckpointFile.ending)"
  }

  /// Removes temporary files of programs that were killed.
  func clearLeftovers() {
    if let checkpointFolder { FileWriter.clearLeftovers(in: checkpointFolder) }
  }

  /// Lists a checkpoint whose file is about to be written.
  ///
  /// The other way round a kill in between would leave a file that nobody knows of.
  func announce(_ row: CheckpointRow, step: Int, _ database: Database) throws {
    try database.execute(
      sql: "INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        row.place.run.number, row.place.executedSteps, row.place.entries, step, row.file,
        row.bytes, row.checksum, row.format,
      ])
  }

  /// Writes the file of a checkpoint that is listed.
  func write(_ bytes: [UInt8], as row: CheckpointRow) throws(FileError) {
    guard let checkpointFolder else { return }
    do throws(FileError) {
      try FileWriter.writeDurably(bytes, to: "\(checkpointFolder)/\(row.file)")
    } catch {
      try? remove([row])
      throw error
    }
  }

  /// The last checkpoint of a run that is not behind a place in it and can be read.
  ///
  /// - Parameters:
  ///   - place: The place.
  ///   - other: Only a later one is asked for.
  ///   - warn: Called with one line for each that cannot be read, which costs time and no more.
  /// - Returns: Nil where there is none.
  /// - Throws: ``FileError`` of the database itself.
  package func checkpoint(
    notAfter place: RunPlace, after other: RunPlace? = nil, warn: (String) -> Void = { _ in }
  ) throws(FileError) -> Checkpoint? {
    guard let checkpointFolder else { return nil }
    for row in try checkpoints(of: place.run).reversed() where row.place.isNotAfter(place) {
      if let other, row.place <= other { return nil }
      do throws(FileError) {
        let path = "\(checkpointFolder)/\(row.file)"
        guard FileReader.exists(path) else { continue }
        return try CheckpointFile.decode(
          try FileReader.bytes(path, limit: Self.largestFile), of: row, path: path)
      } catch {
        warn("\(error); its steps are taken again")
      }
    }
    return nil
  }

  /// The checkpoints of a run, or of all, each run's in the order of its steps.
  func checkpoints(of run: RunID? = nil) throws(FileError) -> [CheckpointRow] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM checkpoints WHERE :run IS NULL OR run = :run
          ORDER BY run, executed_steps, entries
          """, arguments: ["run": run?.number]
      ).map { row in
        CheckpointRow(
          place: RunPlace(
            run: RunID(row["run"]), executedSteps: row["executed_steps"], entries: row["entries"]),
          file: row["file"], bytes: row["bytes"], checksum: row["checksum"], format: row["format"])
      }
    }
  }

  /// Takes checkpoints away, their files first.
  func remove(_ rows: [CheckpointRow]) throws(FileError) {
    guard !rows.isEmpty else { return }
    if let checkpointFolder {
      for row in rows { try FileWriter.remove("\(checkpointFolder)/\(row.file)") }
    }
    try write { database in
      for row in rows {
        try database.execute(
          sql: "DELETE FROM checkpoints WHERE run = ? AND executed_steps = ? AND entries = ?",
          arguments: [row.place.run.number, row.place.executedSteps, row.place.entries])
      }
    }
  }

  /// The bytes that all checkpoints take.
  package func checkpointBytes() throws(FileError) -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT SUM(bytes) FROM checkpoints") ?? 0 }
  }

  /// Takes checkpoints of a run away until the others fit: those between its first and its last whose
  /// absence leaves the smallest gap, so that what stays is spread over its steps.
  func thin(_ run: RunID, to bytes: Int) throws(FileError) {
    let total = try read {
      try Int.fetchOne(
        $0, sql: "SELECT SUM(bytes) FROM checkpoints WHERE run = ?", arguments: [run.number])
    }
    guard let total, total > bytes else { return }
    try remove(CheckpointSpacing.excess(of: try checkpoints(of: run), over: bytes))
  }

  /// Takes checkpoints away until the others fit into the budget.
  ///
  /// Of each run what is over its own part goes first. If that is not enough, the checkpoints between the
  /// first and the last of a run go, from the runs that were left alone longest, then the first ones, and
  /// the last ones at the very end. No run is lost: it can be trained again from its log.
  ///
  /// - Parameter budget: What they may take.
  /// - Returns: The bytes that were freed.
  /// - Throws: ``FileError``.
  @discardableResult
  package func clean(_ budget: CheckpointBudget = .standard) throws(FileError) -> Int {
    let rows = try checkpoints()
    var removed: Set<RunPlace> = []
    var groups = Dictionary(grouping: rows) { $0.place.run }
    for (run, group) in groups {
      let excess = CheckpointSpacing.excess(of: group, over: budget.run)
      removed.formUnion(excess.map(\.place))
      groups[run] = group.filter { !removed.contains($0.place) }
    }
    let kept = try leastRecentlyUpdated().compactMap { groups[$0] }
    var excess = kept.joined().reduce(0) { $0 + $1.bytes } - budget.total
    let middle = kept.flatMap { $0.dropFirst().dropLast() }
    let ends = kept.compactMap { $0.count > 1 ? $0.first : nil } + kept.compactMap(\.last)
    for row in middle + ends where excess > 0 {
      removed.insert(row.place)
      excess -= row.bytes
    }
    let gone = rows.filter { removed.contains($0.place) }
    try remove(gone)
    return gone.reduce(0) { $0 + $1.bytes }
  }

  private func leastRecentlyUpdated() throws(FileError) -> [RunID] {
    try read { try Int.fetchAll($0, sql: "SELECT id FROM runs ORDER BY updated").map { RunID($0) } }
  }
}

/// Which checkpoints of a run go when there is too little room.
enum CheckpointSpacing {
  /// Chooses, one after the other, the checkpoint between the first and the last whose absence leaves
  /// the smallest gap; then from the first on, and never the last.
  static func excess(of rows: [CheckpointRow], over bytes: Int) -> [CheckpointRow] {
    var (stay, go) = (rows, [CheckpointRow]())
    var total = rows.reduce(0) { $0 + $1.bytes }
    while total > bytes, stay.count > 1 {
      let middle = stay.indices.dropFirst().dropLast()
      let place = middle.min { gap(without: $0, in: stay) < gap(without: $1, in: stay) } ?? 0
      total -= stay[place].bytes
      go.append(stay.remove(at: place))
    }
    return go
  }

  private static func gap(without place: Int, in rows: [CheckpointRow]) -> Int {
    rows[place + 1].place.executedSteps - rows[place - 1].place.executedSteps
  }
}

/// How many checkpoints there are, and what they take.
package struct CheckpointCount: Sendable, Equatable {
  package var count: Int
  package var bytes: Int
}

extension RunDatabase {
  /// The checkpoints of a run.
  ///
  /// - Parameter run: The run; all runs without one.
  /// - Returns: How many there are.
  /// - Throws: ``FileError``.
  package func checkpointCount(of run: RunID? = nil) throws(FileError) -> CheckpointCount {
    let rows = try checkpoints(of: run)
    return CheckpointCount(count: rows.count, bytes: rows.reduce(0) { $0 + $1.bytes })
  }

  /// Takes away rows without a file and files without a row, which kills and deletions have left.
  ///
  /// - Returns: How many there were.
  /// - Throws: ``FileError``.
  package func removeStrays() throws(FileError) -> Int {
    guard let folder else { return 0 }
    let names = Set(try Folder.names(in: "\(folder)/checkpoints"))
    let rows = try checkpoints()
    // A row that is being written has no file for a moment; the next cleaning finds it.
    let empty = rows.filter { !names.contains($0.file) && (try? lock($0.place.run)) != nil }
    try remove(empty)
    let known = Set(rows.map(\.file))
    let strays = names.filter { $0.hasSuffix(".\(CheckpointFile.ending)") && !known.contains($0) }
    for name in strays { try FileWriter.remove("\(folder)/checkpoints/\(name)") }
    clearLeftovers()
    return empty.count + strays.count
  }
}
