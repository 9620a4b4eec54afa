import Glibc
import OutsideText
import ScoreLab

/// Processes of this machine, some at a time.
///
/// They are children of this program, which looks after them as long as ``active(_:of:)`` is called.
package final class LocalEngine: SweepEngine {
  package static let name = "local"
  /// A shard whose process was killed is tried so often.
  private static let mostTries = 3

  private let program: String
  private let places: Int
  private var waiting: [Int] = []
  private var running: [pid_t: Int] = [:]
  private var tries: [Int: Int] = [:]
  private var log: Int32 = -1
  private var logPath = ""
  /// What a process said last that failed; nil before the first.
  package private(set) var lastWords: String?
  /// Whether it was cancelled, so that nothing more is started.
  private var isCancelled = false
  /// Why nothing more is started.
  private(set) var stop: SweepError?

  package init(program: String, places: Int) {
    self.program = program
    self.places = places
  }

  deinit { if log >= 0 { close(log) } }

  package func submit(_ shards: [Int], of folder: SweepFolder) throws -> [SweepJob] {
    try Folder.create("\(folder.path)/log")
    if log >= 0 { close(log) }
    logPath = "\(folder.path)/log/local-\(getpid()).txt"
    log = open(FileName.systemName(logPath), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard log >= 0 else { throw FileError(path: logPath, reason: String(cString: strerror(errno))) }
    // Taken from the end.
    waiting = shards.reversed()
    let job = SweepJob(engine: Self.name, id: "\(getpid())", shards: shards)
    try folder.note(job)
    try fill(folder)
    return [job]
  }

  package func active(_ job: SweepJob, of folder: SweepFolder) throws -> Set<Int> {
    guard job.id == "\(getpid())", job.isHere else {
      // Another program's: its attempts speak for themselves, and nobody else takes the rest up.
      return []
    }
    for (process, shard) in running {
      guard let status = ProgramCall.end(of: process) else { continue }
      running[process] = nil
      take(status, of: shard, folder)
    }
    if let stop {
      if running.isEmpty { throw stop }
    } else if !isCancelled {
      try fill(folder)
    }
    return Set(running.values).union(waiting)
  }

  package func cancel(_ job: SweepJob) throws -> Bool {
    waiting = []
    isCancelled = true
    if job.id == "\(getpid())", job.isHere {
      for process in running.keys { kill(process, SIGTERM) }
    } else if job.isHere, let process = pid_t(job.id) {
      // The number may be another program's by now.
      guard let own = ProgramCall.name(of: getpid()), ProgramCall.name(of: process) == own else {
        return false
      }
      guard kill(process, SIGTERM) == 0 || errno == ESRCH else {
        throw SweepError.engine("process \(process): \(String(cString: strerror(errno)))")
      }
    } else {
      throw SweepError.engine("the job runs on \(job.host); cancel it there")
    }
    return true
  }

  private func fill(_ folder: SweepFolder) throws {
    while running.count < places, let shard = waiting.popLast() {
      let process = try ProgramCall.start(
        [program, "sweep", "work", folder.path, "\(shard)"], output: log, errors: log)
      guard let process else { throw SweepError.engine("\(program) is not there any more") }
      running[process] = shard
    }
  }

  /// Decides what becomes of a shard whose process has ended.
  private func take(_ status: Int32, of shard: Int, _ folder: SweepFolder) {
    guard status != 0, !isCancelled else { return }
    let words = try? FileReader.text(logPath, limit: 1 << 24).split(separator: "\n").last
    if let words {
      let text = words.hasPrefix("scorefield: ") ? words.dropFirst("scorefield: ".count) : words
      lastWords = SafeText.sanitized(String(text), limit: 400)
    }
    if status == 65 {
      stop = .doesNotFit(lastWords ?? "shard \(shard) does not fit; see \(logPath)")
      waiting = []
      return
    }
    tries[shard, default: 0] += 1
    // Others first: what failed may do so again.
    if tries[shard, default: 0] < Self.mostTries, stop == nil { waiting.insert(shard, at: 0) }
  }
}
