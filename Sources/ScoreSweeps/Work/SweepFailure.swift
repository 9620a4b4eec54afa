import OutsideText
package import ScoreLab

/// An attempt at a shard that failed.
package struct SweepFailure: Sendable, Equatable, Codable {
  package var shard: Int
  /// What failed, a line for each run.
  package var reasons: [String]
  package var host: String
  /// Seconds since 1970.
  package var time: Double

  package init(shard: Int, reasons: [String], host: String, time: Double) {
    self.shard = shard
    self.reasons = reasons
    self.host = host
    self.time = time
  }

  private static func prefix(_ shard: Int) -> String { "\(SweepFolder.number(shard))." }

  /// How many attempts at a shard failed.
  ///
  /// - Throws: `FileError` where that cannot be read: the next failure would take the place of one before.
  static func count(of shard: Int, in folder: SweepFolder) throws(FileError) -> Int {
    try Folder.names(in: "\(folder.path)/failed").filter {
      $0.hasPrefix(prefix(shard)) && $0.hasSuffix(".json")
    }.count
  }

  /// Keeps a failure.
  static func record(_ reasons: [String], of shard: Int, in folder: SweepFolder) throws(FileError) {
    let failure = SweepFailure(
      shard: shard, reasons: reasons, host: SweepAttempt.hostName, time: SweepAttempt.clock)
    let number = try count(of: shard, in: folder) + 1
    try FileWriter.writeAtomically(
      RecordCoding.encode(failure),
      to: "\(folder.path)/failed/\(prefix(shard))\(number).json")
  }

  /// The failures of every shard that has some, the newest last.
  package static func all(in folder: SweepFolder) -> [Int: [SweepFailure]] {
    var failures: [Int: [SweepFailure]] = [:]
    for name in (FileName.names(in: "\(folder.path)/failed") ?? []).sorted()
    where name.hasSuffix(".json") {
      guard let bytes = try? FileReader.bytes("\(folder.path)/failed/\(name)", limit: 1 << 20),
        let failure: SweepFailure = RecordCoding.decode(bytes)
      else { continue }
      failures[failure.shard, default: []].append(failure)
    }
    return failures
  }

  /// Forgets the failures of every shard; what was tried stands under attempts.
  ///
  /// - Returns: How many shards had been given up or had failed.
  package static func forgetAll(in folder: SweepFolder) throws(FileError) -> Int {
    let count = all(in: folder).count
    for name in FileName.names(in: "\(folder.path)/failed") ?? [] where name.hasSuffix(".json") {
      try FileWriter.remove("\(folder.path)/failed/\(name)")
    }
    return count
  }
}
