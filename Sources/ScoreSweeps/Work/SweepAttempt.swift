import Glibc
import OutsideText
import ScoreLab

/// One process at work on a shard, for whoever wants to know what became of it.
package struct SweepAttempt: Sendable, Equatable, Codable {
  package var shard: Int
  package var host: String
  package var process: Int
  /// The names and values of what a batch system says of it.
  package var job: [String: String]
  /// Seconds since 1970, by the clock of its machine.
  package var begun: Double
  /// When it was last heard of.
  package var seen: Double
  /// Units finished, of so many.
  package var done: Int
  package var units: Int
  /// Seconds it has worked, without what an earlier attempt left.
  package var seconds: Double
  /// Units that an earlier attempt had finished.
  package var found: Int
  /// How it ended; nil while it runs.
  package var end: String?

  /// How often it says that it lives, in seconds.
  static let heartbeat = 10.0
  /// Without a word for so long it counts as lost, in seconds.
  package static let patience = 60.0

  private static let jobVariables = [
    "SLURM_JOB_ID", "SLURM_ARRAY_JOB_ID", "SLURM_ARRAY_TASK_ID", "SLURM_RESTART_COUNT",
    "SLURMD_NODENAME", "PARALLEL_SEQ",
  ]

  /// An attempt of this process that begins now.
  init(shard: Int, units: Int, found: Int) {
    self.shard = shard
    (self.units, self.found, done) = (units, found, found)
    host = Self.hostName
    process = Int(getpid())
    begun = Self.clock
    seen = begun
    seconds = 0
    job = [:]
    for name in Self.jobVariables {
      if let value = getenv(name) {
        job[name] = SafeText.sanitized(String(cString: value), limit: 60)
      }
    }
  }

  static var clock: Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    let text = String(
      decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return String(
      text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }.prefix(40))
  }

  private var stem: String { "\(SweepFolder.number(shard)).\(host).\(process)" }

  /// Where it says that it lives.
  func runningPath(_ folder: SweepFolder) -> String { "\(folder.path)/running/\(stem)" }

  /// Where it stands when it has ended.
  func endedPath(_ folder: SweepFolder) -> String {
    "\(folder.path)/attempts/\(SweepFolder.thousand(shard))/\(stem).\(Int(begun * 1000)).json"
  }
}
