import Glibc
import OutsideText
package import ScoreLab

/// What becomes of files in a sweep's folder.
extension SweepFolder {
  /// Gives a damaged shard another name, so that it is computed again.
  ///
  /// - Throws: `FileError`; that it is gone already is none.
  func setAside(shard: Int) throws(FileError) {
    let file = shardPath(shard)
    guard rename(FileName.systemName(file), FileName.systemName(file + ".bad")) != 0,
      errno != ENOENT
    else { return }
    throw FileError(path: file, reason: String(cString: strerror(errno)))
  }

  /// The shards that have a file, whatever is in it, with its name's time of change.
  ///
  /// One listing for every thousand, so that it is cheap on a network's file system too.
  ///
  /// - Throws: `FileError` where a folder cannot be read: what is finished would look as if it was not.
  func filedShards() throws(FileError) -> Set<Int> {
    var found: Set<Int> = []
    for thousand in 0...max(0, manifest.shards - 1) / 1000 {
      let folder = "\(path)/shards/\(Self.thousand(thousand * 1000))"
      for name in try Folder.names(in: folder) where name.hasSuffix(".jsonl") {
        if let shard = Int(name.dropLast(".jsonl".count)), (0..<manifest.shards).contains(shard) {
          found.insert(shard)
        }
      }
    }
    return found
  }

  /// Reads every shard; one that is damaged is set aside and counts as missing.
  ///
  /// One that the system cannot read now may be whole, and is left alone.
  ///
  /// - Parameters:
  ///   - warn: Gets a line for each that is set aside.
  ///   - take: Gets the number of every shard of the plan with its lines, nil where they are missing.
  /// - Throws: `FileError`, or what `take` throws.
  func checkShards(
    warn: (String) -> Void, _ take: (Int, ShardFile.Body?) throws -> Void
  ) throws {
    let filed = try filedShards()
    for shard in 0..<manifest.shards {
      guard filed.contains(shard) else {
        try take(shard, nil)
        continue
      }
      var body: ShardFile.Body?
      do throws(FileError) {
        body = try self.body(of: shard)
      } catch {
        guard !error.isOfSystem else { throw error }
        try setAside(shard: shard)
        warn("\(error); set aside as .bad")
      }
      try take(shard, body)
    }
  }

  /// Attempts that say that they live, and those that have not said so for long.
  package func runningAttempts() -> (alive: [SweepAttempt], lost: [SweepAttempt]) {
    let now = SweepAttempt.clock
    var (alive, lost): ([SweepAttempt], [SweepAttempt]) = ([], [])
    for name in (FileName.names(in: "\(path)/running") ?? []).sorted() where !name.hasPrefix(".") {
      guard let bytes = try? FileReader.bytes("\(path)/running/\(name)", limit: 1 << 20),
        let attempt: SweepAttempt = RecordCoding.decode(bytes)
      else { continue }
      let isHere = attempt.host == SweepAttempt.hostName
      // A process of this machine can be asked for; of another one only its word counts.
      let isGone = isHere && kill(pid_t(attempt.process), 0) != 0 && errno == ESRCH
      if isGone || now - attempt.seen > SweepAttempt.patience {
        lost.append(attempt)
      } else {
        alive.append(attempt)
      }
    }
    return (alive, lost)
  }

  /// Attempts that ended.
  func endedAttempts() -> [SweepAttempt] {
    (0...max(0, manifest.shards - 1) / 1000).flatMap { thousand -> [SweepAttempt] in
      let folder = "\(path)/attempts/\(Self.thousand(thousand * 1000))"
      return (FileName.names(in: folder) ?? []).sorted().compactMap { name in
        guard name.hasSuffix(".json"),
          let bytes = try? FileReader.bytes("\(folder)/\(name)", limit: 1 << 20)
        else { return nil }
        return RecordCoding.decode(bytes)
      }
    }
  }

  /// Takes away what nobody needs any more: marks of attempts that were lost, files that were damaged,
  /// and what is left of interrupted shards that are finished.
  ///
  /// - Returns: How many files.
  package func clean() throws(FileError) -> Int {
    var count = 0
    for attempt in runningAttempts().lost {
      try FileWriter.remove(attempt.runningPath(self))
      count += 1
    }
    let filed = try filedShards()
    for name in try Folder.names(in: "\(path)/partial") {
      guard let shard = name.split(separator: ".").first.flatMap({ Int($0) }), filed.contains(shard)
      else { continue }
      try FileWriter.remove("\(path)/partial/\(name)")
      count += 1
    }
    for thousand in 0...max(0, manifest.shards - 1) / 1000 {
      let folder = "\(path)/shards/\(Self.thousand(thousand * 1000))"
      for name in try Folder.names(in: folder) where name.hasSuffix(".bad") {
        try FileWriter.remove("\(folder)/\(name)")
        count += 1
      }
      FileWriter.clearLeftovers(in: folder)
    }
    return count
  }
}
