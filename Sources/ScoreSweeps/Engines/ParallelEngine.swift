import Glibc
import OutsideText
import ScoreLab

/// GNU parallel, on this machine or on a list of machines that are reached by SSH and see the same
/// folder.
package struct ParallelEngine: SweepEngine {
  package static let name = "parallel"

  private let program: String
  private let jobs: Int
  /// A file of machines, as `--sshloginfile` takes it.
  private let machines: String?

  package init(program: String, jobs: Int, machines: String?) {
    self.program = program
    self.jobs = jobs
    self.machines = machines
  }

  package func submit(_ shards: [Int], of folder: SweepFolder) throws -> [SweepJob] {
    for name in ["jobs", "log"] { try Folder.create("\(folder.path)/\(name)") }
    let stamp = "parallel-\(Int(SweepAttempt.clock * 1000))"
    let list = "\(folder.path)/jobs/\(stamp).txt"
    try FileWriter.writeAtomically(shards.map { "\($0)\n" }.joined(), to: list)
    let log = "\(folder.path)/log/\(stamp).txt"
    let descriptor = open(
      FileName.systemName(log), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw FileError(path: log, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    let place = machines.map { ["--sshloginfile", $0] } ?? []
    let process = try ProgramCall.start(
      [
        "parallel", "--will-cite", "--jobs", "\(jobs)", "--joblog",
        "\(folder.path)/log/\(stamp).jobs",
      ] + place + [
        "-a", list, SlurmEngine.quoted(program), "sweep", "work", SlurmEngine.quoted(folder.path),
        "{}",
      ], output: descriptor, errors: descriptor)
    guard let process else {
      throw SweepError.engine("GNU parallel is not here; --engine local needs nothing")
    }
    let job = SweepJob(engine: Self.name, id: "\(process)", shards: shards)
    try folder.note(job)
    return [job]
  }

  package func active(_ job: SweepJob, of folder: SweepFolder) throws -> Set<Int> {
    guard let process = pid_t(job.id), job.isHere else { return [] }
    // It is our child, or that of another program that is still there.
    if ProgramCall.end(of: process) != nil { return [] }
    return isAlive(process) ? Set(job.shardNumbers) : []
  }

  package func cancel(_ job: SweepJob) throws -> Bool {
    guard let process = pid_t(job.id) else { return false }
    guard job.isHere else {
      throw SweepError.engine("the job runs from \(job.host); cancel it there")
    }
    guard isAlive(process) else { return false }
    // The group: those it has started too, which then keep what they have.
    guard kill(-process, SIGTERM) == 0 || errno == ESRCH else {
      throw SweepError.engine("process \(process): \(String(cString: strerror(errno)))")
    }
    return true
  }

  /// The number of a process that has ended may be another program's by now.
  private func isAlive(_ process: pid_t) -> Bool {
    ["parallel", "perl"].contains(ProgramCall.name(of: process) ?? "")
  }
}
