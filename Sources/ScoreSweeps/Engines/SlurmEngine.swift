import OutsideText
import ScoreLab

/// Slurm's job arrays, by its own commands alone: `sbatch`, `squeue`, `scancel` and `scontrol`.
///
/// Array elements are mapped to shards by a list, since a site limits the numbers of elements.
/// `squeue` may have forgotten a job, which then has ended; `sacct` is not needed.
package struct SlurmEngine: SweepEngine {
  package static let name = "slurm"
  /// Slurm's own standard.
  private static let usualArraySize = 1001

  /// The path of the program that works, as the nodes see it.
  private let program: String
  /// What goes to every `sbatch`, such as `--partition=short`.
  private let options: [String]

  package init(program: String, options: [String] = []) {
    self.program = program
    self.options = options
  }

  package func submit(_ shards: [Int], of folder: SweepFolder) throws -> [SweepJob] {
    for name in ["slurm", "log", "jobs"] { try Folder.create("\(folder.path)/\(name)") }
    let script = "\(folder.path)/slurm/work.sh"
    try FileWriter.writeAtomically(workScript(folder), to: script)
    let size = try arraySize()
    var jobs: [SweepJob] = []
    for start in stride(from: 0, to: shards.count, by: size) {
      let chunk = Array(shards[start..<min(start + size, shards.count)])
      let list = try write(chunk, number: jobs.count, in: folder)
      let id = try sbatch(
        ["--array=0-\(chunk.count - 1)", "--output=\(Self.pattern(folder.path))/log/%A_%a.txt"]
          + options
          + [script, list], for: folder)
      let job = SweepJob(engine: Self.name, id: id, shards: chunk)
      try folder.note(job)
      jobs.append(job)
    }
    return jobs
  }

  /// Merges once the jobs have ended, however they ended; the merge itself sees whether all is there.
  package func submitMerge(after jobs: [SweepJob], of folder: SweepFolder) throws -> String {
    let script = "\(folder.path)/slurm/merge.sh"
    try FileWriter.writeAtomically(
      "#!/bin/sh\nexec \(Self.quoted(program)) sweep merge \(Self.quoted(folder.path))\n",
      to: script)
    return try sbatch(
      [
        "--dependency=afterany:" + jobs.map(\.id).joined(separator: ":"),
        "--kill-on-invalid-dep=yes", "--output=\(Self.pattern(folder.path))/log/merge-%j.txt",
      ] + options.filter { $0 != "--hold" } + [script], for: folder)
  }

  package func active(_ job: SweepJob, of folder: SweepFolder) throws -> Set<Int> {
    // A cluster that lost its state counts anew, and the number may be another job's.
    let question = [
      "squeue", "--noheader", "--array", "--format=%K %T", "--jobs=\(job.id)",
      "--name=\(folder.manifest.sweep)",
    ]
    // On a machine without Slurm there is nobody to ask, and doing a shard twice does no harm.
    guard let answer = try ProgramCall.answer(question) else { return [] }
    guard answer.status == 0 else {
      // It has forgotten the job, which it does some minutes after the end.
      if answer.errors.contains("Invalid job id") { return [] }
      throw SweepError.engine("squeue: \(answer.reason); try again when Slurm answers")
    }
    let shards = job.shardNumbers
    let elements = answer.output.split(separator: "\n").compactMap { line -> Int? in
      let words = line.split(separator: " ")
      guard words.count == 2, !Self.ended.contains(String(words[1])) else { return nil }
      return Int(words[0])
    }
    return Set(elements.filter { shards.indices.contains($0) }.map { shards[$0] })
  }

  /// States of jobs that do nothing more.
  private static let ended: Set<String> = [
    "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY",
    "PREEMPTED", "REVOKED", "TIMEOUT",
  ]

  package func cancel(_ job: SweepJob) throws -> Bool {
    let answer = try call(["scancel", job.id])
    guard answer.status == 0 || answer.errors.contains("Invalid job id") else {
      throw SweepError.engine("scancel: \(answer.reason)")
    }
    return answer.status == 0
  }

  // MARK: - Slurm's commands

  private func sbatch(_ arguments: [String], for folder: SweepFolder) throws -> String {
    let answer = try call(
      [
        "sbatch", "--parsable", "--job-name=\(folder.manifest.sweep)", "--requeue",
        "--open-mode=append", "--cpus-per-task=1",
      ] + arguments)
    // A cluster's name may follow behind a semicolon.
    let id = answer.output.split(separator: "\n").last?.split(separator: ";").first.map(String.init)
    guard answer.status == 0, let id, Int(id) != nil else {
      throw SweepError.engine(
        "sbatch: \(answer.reason); nothing is lost: submit again sends what is missing")
    }
    return id
  }

  private func arraySize() throws -> Int {
    let answer = try call(["scontrol", "show", "config"])
    guard answer.status == 0 else { throw SweepError.engine("scontrol: \(answer.reason)") }
    let line = answer.output.split(separator: "\n").first { $0.hasPrefix("MaxArraySize") }
    let size = line?.split(separator: "=").last.flatMap { Int($0.filter { $0 != " " }) }
    return max(1, size ?? Self.usualArraySize)
  }

  private func call(_ arguments: [String]) throws -> ProgramCall.Answer {
    guard let answer = try ProgramCall.answer(arguments) else {
      throw SweepError.engine(
        "\(arguments[0]) is not here: submit needs a machine with Slurm's commands; sweep run works "
          + "on this one")
    }
    return answer
  }

  // MARK: - Files

  private func workScript(_ folder: SweepFolder) -> String {
    """
    #!/bin/sh
    exec \(Self.quoted(program)) sweep work \(Self.quoted(folder.path)) --list "$1" --entry \
    "$SLURM_ARRAY_TASK_ID"

    """
  }

  private func write(_ chunk: [Int], number: Int, in folder: SweepFolder) throws -> String {
    let stamp = "\(Int(SweepAttempt.clock * 1000))-\(SweepAttempt.hostName)-\(number)"
    let path = "\(folder.path)/slurm/list-\(stamp).txt"
    try FileWriter.writeAtomically(chunk.map { "\($0)\n" }.joined(), to: path)
    return path
  }

  /// The path where Slurm puts its own things for what follows a percent sign.
  static func pattern(_ path: String) -> String {
    path.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
  }

  /// A word that a shell takes as it is.
  static func quoted(_ word: String) -> String {
    "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
      + "'"
  }
}
