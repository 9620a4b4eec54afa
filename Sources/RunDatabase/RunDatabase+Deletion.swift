import Foundation
internal import GRDB
package import ScoreLab

extension RunDatabase {
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

  /// Marks a run to be deleted: no list has it any more, and all that was kept of it is still there.
  ///
  /// A run that is trained on loses the mark.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - isOwn: Whether this program may be the one that writes the run.
  /// - Throws: ``FileError``, also where another program is writing the run.
  package func markDeleted(_ run: RunID, isOwn: Bool) throws(FileError) {
    if !isOwn { _ = try lock(run) }
    let now = Date().timeIntervalSince1970
    try write {
      try $0.execute(sql: "UPDATE runs SET deleted = ? WHERE id = ?", arguments: [now, run.number])
    }
  }

  /// Takes the mark off a run.
  ///
  /// - Parameter run: The run.
  /// - Returns: False where the run is gone.
  /// - Throws: ``FileError``.
  package func restore(_ run: RunID) throws(FileError) -> Bool {
    try write {
      try $0.execute(sql: "UPDATE runs SET deleted = NULL WHERE id = ?", arguments: [run.number])
      return $0.changesCount > 0
    }
  }

  /// Deletes marked runs for good, but for those that a program is writing.
  ///
  /// - Parameter runs: Those that are meant; all marked ones without them.
  /// - Returns: How many were deleted.
  /// - Throws: ``FileError``.
  @discardableResult
  package func purge(_ runs: [RunID]? = nil) throws(FileError) -> Int {
    let marked = try read {
      try Int.fetchAll($0, sql: "SELECT id FROM runs WHERE deleted IS NOT NULL").map { RunID($0) }
    }
    var count = 0
    for run in marked where runs?.contains(run) ?? true {
      guard (try? lock(run)) != nil || folder == nil else { continue }
      try delete(run)
      count += 1
    }
    return count
  }
}
