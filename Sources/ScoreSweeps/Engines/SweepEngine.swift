import OutsideText
import ScoreClaims
package import ScoreLab

/// Something that starts `scorefield sweep work` for shards.
///
/// Nothing that it answers decides a result; it only tells what is still to come from what is not.
package protocol SweepEngine {
  /// The name under which its jobs are noted.
  static var name: String { get }
  /// Hands shards over.
  ///
  /// - Returns: The jobs that have them.
  /// - Throws: ``SweepError/engine(_:)``; jobs that were handed over before are noted in the folder.
  func submit(_ shards: [Int], of folder: SweepFolder) throws -> [SweepJob]
  /// The shards of a job that wait or run.
  ///
  /// - Throws: ``SweepError/engine(_:)`` where nobody can say.
  func active(_ job: SweepJob, of folder: SweepFolder) throws -> Set<Int>
  /// Ends a job; what is finished stays.
  ///
  /// - Returns: Whether there was something to end.
  /// - Throws: ``SweepError/engine(_:)`` where it cannot be reached from here.
  @discardableResult
  func cancel(_ job: SweepJob) throws -> Bool
}

/// Shards that were handed to an engine at one time; a hint, from which no result depends.
package struct SweepJob: Sendable, Equatable, Codable {
  package var engine: String
  /// The engine's name for it: Slurm's number, or that of a process.
  package var id: String
  /// The machine from which it was handed over.
  package var host: String
  /// The shards, such as `0-99,107`; empty for what only merges.
  package var shards: String
  /// Seconds since 1970.
  package var time: Double

  init(engine: String, id: String, shards: [Int]) {
    self.engine = engine
    self.id = id
    host = SweepAttempt.hostName
    self.shards = UnitNumbers(shards.map { $0 + 1 }).description
    time = SweepAttempt.clock
  }

  /// The shards in ascending order.
  package var shardNumbers: [Int] {
    shards.isEmpty ? [] : (UnitNumbers(shards)?.numbers.sorted() ?? []).map { $0 - 1 }
  }

  package var isHere: Bool { host == SweepAttempt.hostName }
}

extension SweepFolder {
  /// Notes a job.
  func note(_ job: SweepJob) throws(FileError) {
    try Folder.create("\(path)/jobs")
    try FileWriter.writeAtomically(
      RecordCoding.encode(job), to: "\(path)/jobs/\(job.engine)-\(job.host)-\(job.id).json")
  }

  /// Takes the note of a job away.
  package func forget(_ job: SweepJob) throws(FileError) {
    try FileWriter.remove("\(path)/jobs/\(job.engine)-\(job.host)-\(job.id).json")
  }

  /// The jobs that were noted, the oldest first.
  package var jobs: [SweepJob] {
    (FileName.names(in: "\(path)/jobs") ?? []).filter { $0.hasSuffix(".json") }
      .compactMap { name -> SweepJob? in
        guard let bytes = try? FileReader.bytes("\(path)/jobs/\(name)", limit: 1 << 24) else {
          return nil
        }
        return RecordCoding.decode(bytes)
      }.sorted { ($0.time, $0.id) < ($1.time, $1.id) }
  }

  /// The shards that somebody should work on: neither finished, nor given up, nor on their way.
  ///
  /// - Parameters:
  ///   - engines: Those that may have jobs.
  ///   - isPatient: Whether an engine that cannot say what it has may be left out; then a shard may be done
  ///     twice, which does no harm.
  ///   - warn: Gets a line for each shard that is set aside.
  /// - Returns: Those, how many are on their way, and those that were given up.
  /// - Throws: ``SweepError/engine(_:)`` where an engine cannot say what it still has.
  package func idleShards(
    _ engines: [any SweepEngine], isPatient: Bool = false, warn: (String) -> Void
  ) throws -> (idle: [Int], active: Int, givenUp: [Int]) {
    var missing: [Int] = []
    try checkShards(warn: warn) { shard, body in if body == nil { missing.append(shard) } }
    var active = Set(runningAttempts().alive.map(\.shard))
    for job in jobs where !missing.isEmpty {
      for engine in engines where type(of: engine).name == job.engine {
        do {
          let shards = try engine.active(job, of: self)
          active.formUnion(shards)
          if shards.isEmpty { try forget(job) }
        } catch let error as SweepError where isPatient {
          warn("\(error); its job \(job.id) is left out, and what it has may be done twice")
        }
      }
    }
    let failures = SweepFailure.all(in: self)
    let givenUp = missing.filter { (failures[$0]?.count ?? 0) >= ShardWorker.mostFailures }
    let idle = missing.filter { !active.contains($0) && !givenUp.contains($0) }
    return (idle, missing.count - idle.count - givenUp.count, givenUp)
  }
}

extension SweepFolder {
  /// The right to work on the sweep from this machine; another that asks is refused.
  ///
  /// - Throws: `FileError` saying who has it.
  package func lockRun() throws(FileError) -> FolderLock {
    try FolderLock(file: "\(path)/.scorefield-run.lock", of: path)
  }

  /// The right to hand shards over, which is waited for.
  ///
  /// - Throws: `FileError` when another still has it after half a minute.
  package func lockSubmission() throws(FileError) -> FolderLock {
    try FolderLock(path, waiting: 30)
  }
}
