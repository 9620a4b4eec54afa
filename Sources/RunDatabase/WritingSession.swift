internal import GRDB
package import ScoreLab

/// What the writing thread knows of the database that it writes to.
struct WritingSession {
  private let database: RunDatabase
  private let budget: CheckpointBudget
  /// How many runs stay this program's after it went on to others.
  ///
  /// Each takes an open file, and hours of trying values make more runs than a program may have files.
  private static let heldLocks = 32
  /// Runs that this program writes, so that no other does.
  private var locks: [RunID: FolderLock] = [:]
  /// Those runs, the one that was written last at the end.
  private var held: [RunID] = []
  /// The runs that are in the database.
  private var known: Set<RunID> = []
  /// The bytes that are left of the budget; nil before they were counted.
  private var room: Int?

  init(_ database: RunDatabase, budget: CheckpointBudget) {
    self.database = database
    self.budget = budget
  }

  /// Gives the runs free for other programs.
  mutating func release() {
    locks.removeAll()
    held.removeAll()
  }

  /// Writes what is new of a run: first what transactions keep, then the files.
  ///
  /// A run that has no step yet is not written: most are those of a program that was opened and closed, or of
  /// a value that was chosen on the way to another.
  ///
  /// - Returns: The sizes of the checkpoints' files.
  mutating func write(
    _ run: RunID, record: RunRecord?, checkpoints: [Checkpoint], measured: RunMeasurements
  ) throws(FileError) -> [Int] {
    if !known.contains(run) {
      if try database.contains(run) {
        known.insert(run)
      } else if record.map({ $0.executedSteps == 0 }) ?? true {
        return []
      }
    }
    do throws(FileError) {
      try lock(run)
    } catch {
      // Another program writes the run; that it was looked at is nothing to report.
      guard record != nil else { return [] }
      throw error
    }
    let files: [PreparedFile] =
      database.folder == nil
      ? [] : checkpoints.filter { $0.bytes <= budget.largest }.map { prepare($0, of: run) }
    let end = record.flatMap { standing(at: $0.tip, among: checkpoints) }
    try database.write { connection in
      if let record { try database.save(record, standing: end, connection) }
      try database.save(measured, of: run, connection)
      for file in files { try database.announce(file.row, step: file.step, connection) }
    }
    known.insert(run)
    for file in files { try database.write(file.bytes, as: file.row) }
    try makeRoom(files.map(\.bytes.count), of: run)
    return files.map(\.bytes.count)
  }

  private mutating func lock(_ run: RunID) throws(FileError) {
    if locks[run] == nil { locks[run] = try database.lock(run) }
    held.removeAll { $0 == run }
    held.append(run)
    if held.count > Self.heldLocks { locks[held.removeFirst()] = nil }
  }

  private func standing(at tip: RunPlace, among checkpoints: [Checkpoint]) -> RunStanding? {
    checkpoints.last { $0.place(in: tip.run) == tip }.map { checkpoint in
      RunStanding(
        executedSteps: checkpoint.executedSteps, entries: checkpoint.entries,
        step: checkpoint.step, loss: checkpoint.loss, digest: checkpoint.digest)
    }
  }

  /// A file that is about to be written.
  private struct PreparedFile {
    var row: CheckpointRow
    var step: Int
    var bytes: [UInt8]
  }

  private func prepare(_ checkpoint: Checkpoint, of run: RunID) -> PreparedFile {
    let bytes = CheckpointFile.encode(checkpoint)
    let place = checkpoint.place(in: run)
    let row = CheckpointRow(
      place: place, file: RunDatabase.fileName(of: place), bytes: bytes.count,
      checksum: CheckpointFile.checksum(bytes), format: CheckpointFile.format)
    return PreparedFile(row: row, step: checkpoint.step, bytes: bytes)
  }

  private mutating func makeRoom(_ sizes: [Int], of run: RunID) throws(FileError) {
    guard !sizes.isEmpty else { return }
    try database.thin(run, to: budget.run)
    // What was written just now is among what is counted.
    var left: Int
    if let room {
      left = room - sizes.reduce(0, +)
    } else {
      left = budget.total - (try database.checkpointBytes())
    }
    if left < 0 {
      try database.clean(budget)
      left = try budget.total - database.checkpointBytes()
    }
    room = left
  }
}

extension RunDatabase {
  /// Keeps other programs from writing a run.
  ///
  /// - Returns: The lock; nil in memory, where there are no others.
  /// - Throws: ``FileError`` with the process that writes it.
  package func lock(_ run: RunID) throws(FileError) -> FolderLock? {
    guard let folder else { return nil }
    return try FolderLock(
      file: "\(folder)/checkpoints/.scorefield-\(run).lock", of: "run \(run)")
  }
}
