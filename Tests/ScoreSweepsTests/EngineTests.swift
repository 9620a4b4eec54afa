import Glibc
import OutsideText
import ScoreLab
import TestSupport
import Testing

@testable import ScoreSweeps

/// Slurm's commands by scripts that keep what they were told, and do as they are told by files.
private struct FakeSlurm {
  let place: TemporaryFolder

  /// Writes the scripts; `scontrol` says how large an array may be.
  init(arraySize: Int) throws {
    place = try TemporaryFolder()
    try write(
      "sbatch",
      """
      [ -e "$D/refuse" ] && { echo "sbatch: error: $(cat "$D/refuse")" >&2; exit 1; }
      n=$(($(cat "$D/last" 2>/dev/null || echo 100) + 1)); echo $n > "$D/last"
      printf '%s\\n' "$*" > "$D/job-$n"
      echo "$n;cluster"
      """)
    try write(
      "squeue",
      """
      [ -e "$D/silent" ] && { echo "slurm_load_jobs error: Unable to contact slurm controller" >&2; exit 1; }
      for a; do case $a in --jobs=*) id=${a#--jobs=};; esac; done
      [ -e "$D/state-$id" ] || { echo "slurm_load_jobs error: Invalid job id specified" >&2; exit 1; }
      cat "$D/state-$id"
      """)
    try write("scancel", "echo \"$1\" >> \"$D/cancelled\"")
    try write("scontrol", "echo 'MaxArraySize            = \(arraySize)'")
    setenv("PATH", "\(place.path):" + (getenv("PATH").map { String(cString: $0) } ?? ""), 1)
  }

  private func write(_ name: String, _ body: String) throws {
    let file = try place.write("#!/bin/sh\nD='\(place.path)'\n\(body)\n", to: name)
    chmod(file, 0o755)
  }

  func text(_ name: String) throws -> String {
    String(decoding: try place.read(name), as: UTF8.self)
  }
}

/// One after another: they change the path on which programs are found.
@Suite(.serialized) struct EngineTests {
  private let slurm: FakeSlurm
  private let place: TemporaryFolder
  private let folder: SweepFolder
  private let engine = SlurmEngine(program: "/opt/it's/scorefield", options: ["--partition=short"])

  init() throws {
    slurm = try FakeSlurm(arraySize: 4)
    place = try TemporaryFolder()
    folder = try SmallSweep.folder(SmallSweep.trained, in: place, shard: 1)
  }

  private func idle() throws -> (idle: [Int], active: Int, givenUp: [Int]) {
    try folder.idleShards([engine]) { _ in }
  }

  @Test(
    "Missing shards go into arrays no larger than the site allows, each with a list, then a merge")
  func submission() throws {
    try SmallSweep.work(folder, 2)
    #expect(try idle().idle == [0, 1, 3, 4, 5])
    let jobs = try engine.submit(idle().idle, of: folder)
    #expect(jobs.map(\.id) == ["101", "102"])
    #expect(jobs.map(\.shardNumbers) == [[0, 1, 3, 4], [5]])
    let words = try slurm.text("job-101").split(separator: " ").map(String.init)
    for word in [
      "--parsable", "--array=0-3", "--requeue", "--open-mode=append", "--cpus-per-task=1",
      "--partition=short", "--job-name=small",
    ] {
      #expect(words.contains(word), "\(words)")
    }
    let list = try #require(words.last?.split(separator: "\n").first.map(String.init))
    #expect(try FileReader.text(list, limit: 1000) == "0\n1\n3\n4\n")
    let script = try FileReader.text("\(folder.path)/slurm/work.sh", limit: 1000)
    #expect(script.contains(#"exec '/opt/it'\''s/scorefield' sweep work '"#))
    #expect(try engine.submitMerge(after: jobs, of: folder) == "103")
    #expect(
      try slurm.text("job-103").contains("--dependency=afterany:101:102 --kill-on-invalid-dep=yes"))
  }

  @Test("What waits or runs is left alone; what has failed or is forgotten is submitted again")
  func twice() throws {
    let jobs = try engine.submit(Array(0..<6), of: folder)
    try slurm.place.write("0 PENDING\n1 RUNNING\n2 FAILED\n3 COMPLETED\n", to: "state-101")
    #expect(try engine.active(jobs[0], of: folder) == [0, 1])
    // Job 102 is forgotten by squeue, and by then its note as well.
    let now = try idle()
    #expect(now.idle == [2, 3, 4, 5] && now.active == 2)
    #expect(folder.jobs.map(\.id) == ["101"])
  }

  @Test("While the controller is silent nothing is submitted twice, and the refusal says why")
  func silence() throws {
    _ = try engine.submit([0], of: folder)
    try slurm.place.write("", to: "silent")
    let error = #expect(throws: SweepError.self) { try idle() }
    #expect("\(error.map { "\($0)" } ?? "")".contains("Unable to contact slurm controller"))
    #expect(error?.workStatus == 1)
    // Who works here may go on, and is told.
    var warnings: [String] = []
    let found = try folder.idleShards([engine], isPatient: true) { warnings.append($0) }
    #expect(found.idle == Array(0..<6) && warnings.count == 1)
  }

  @Test("What sbatch refuses is said, and what it took before is noted")
  func refusal() throws {
    try slurm.place.write("Invalid partition name specified", to: "refuse")
    let error = #expect(throws: SweepError.self) { try engine.submit([0], of: folder) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("Invalid partition name specified"))
    #expect(folder.jobs.isEmpty)
  }

  @Test("Cancelling names every job that was handed over")
  func cancelling() throws {
    for job in try engine.submit(Array(0..<6), of: folder) { #expect(try engine.cancel(job)) }
    #expect(try slurm.text("cancelled") == "101\n102\n")
  }

  @Test("Words of a program are quoted for a shell")
  func quoting() {
    #expect(SlurmEngine.quoted("a b") == "'a b'")
    // Slurm would put a job's number in the place of %j.
    #expect(SlurmEngine.pattern("/a%j b") == "/a%%j b")
    #expect(SlurmEngine.quoted("it's") == #"'it'\''s'"#)
    #expect(SlurmEngine.quoted("") == "''")
  }

  @Test("An answer holds what was said on both streams, and the status; nil for no program")
  func answers() throws {
    let answer = try ProgramCall.answer(["sh", "-c", "echo out; echo err >&2; exit 3"])
    #expect(answer == .init(status: 3, output: "out\n", errors: "err\n"))
    #expect(try ProgramCall.answer(["sh", "-c", "kill -9 $$"])?.status == 137)
    #expect(try ProgramCall.answer(["no-such-program-here"]) == nil)
    // More than a pipe holds, on both.
    let long = try ProgramCall.answer([
      "sh", "-c",
      "i=0; while [ $i -lt 20000 ]; do echo 1234567890; echo 1234567890 >&2; i=$((i+1)); done",
    ])
    #expect(long?.output.utf8.count == 220_000 && long?.errors.utf8.count == 220_000)
  }

  @Test(
    "Processes of this machine do every shard once, some at a time, and try again what was killed")
  func local() throws {
    let script = try place.write(
      """
      #!/bin/sh
      # sweep work FOLDER SHARD: fails at once for shard 1, is killed the first time for shard 3
      echo $4 >> "$3/started"
      [ $4 = 3 ] && [ ! -e "$3/killed" ] && { : > "$3/killed"; kill -9 $$; }
      [ $4 = 1 ] && exit 1
      exit 0
      """, to: "program")
    chmod(script, 0o755)
    let local = LocalEngine(program: script, places: 2)
    let jobs = try local.submit(Array(0..<5), of: folder)
    let end = MonotonicClock.now + 30
    while try !local.active(jobs[0], of: folder).isEmpty, MonotonicClock.now < end { usleep(1000) }
    let started = try FileReader.text("\(folder.path)/started", limit: 1000).split(separator: "\n")
    #expect(started.sorted() == ["0", "1", "1", "1", "2", "3", "3", "4"])
    #expect(folder.jobs.map(\.engine) == ["local"])
  }
}

extension EngineTests {
  @Test("What is cancelled is not started again, and its end is waited for")
  func cancelledLocally() throws {
    let script = try place.write(
      """
      #!/bin/sh
      echo $4 >> "$3/started"
      trap 'exit 75' TERM
      while :; do sleep 0.02; done
      """, to: "program")
    chmod(script, 0o755)
    let local = LocalEngine(program: script, places: 2)
    let job = try #require(try local.submit(Array(0..<5), of: folder).first)
    let started = "\(folder.path)/started"
    let end = MonotonicClock.now + 30
    func count() -> Int {
      ((try? FileReader.text(started, limit: 1000)) ?? "").split(separator: "\n").count
    }
    while count() < 2, MonotonicClock.now < end { usleep(1000) }
    #expect(try local.cancel(job))
    while try !local.active(job, of: folder).isEmpty, MonotonicClock.now < end { usleep(1000) }
    #expect(count() == 2 && MonotonicClock.now < end)
  }
}

@Suite struct MergeTests {
  @Test("A merge refuses what is incomplete and names it; --partial says so in its report")
  func incomplete() throws {
    let place = try TemporaryFolder()
    let folder = try SmallSweep.folder(in: place)
    try SmallSweep.workAll(folder, [0, 2])
    let error = #expect(throws: SweepError.self) { try SmallSweep.merge(folder) }
    #expect(
      "\(error.map { "\($0)" } ?? "")".hasPrefix("1 of 3 shards are missing: 1; work on them"))
    #expect(!FileReader.exists("\(folder.path)/merged/RESULTS.jsonl"))
    let part = try SmallSweep.merge(folder, partial: true)
    #expect(part.isPartial && part.missing == [1] && part.rows == 4)
    #expect(try SweepTable(folder, dataSource: DataFile()).isPartial)
    try SmallSweep.work(folder, 1)
    // What was merged is a part of it.
    #expect(try !SweepScan(folder).status().isMerged)
    let whole = try SmallSweep.merge(folder)
    #expect(!whole.isPartial && whole.missing == [] && whole.rows == 6)
    #expect(whole.digest != part.digest)
    #expect(try SweepScan(folder).status().isMerged)
  }

  @Test("A sweep whose report of a merge is damaged is not merged")
  func damaged() throws {
    let place = try TemporaryFolder()
    let folder = try SmallSweep.folder(in: place)
    try SmallSweep.workAll(folder, [0, 1, 2])
    let report = "\(folder.path)/merged/REPORT.json"
    try Folder.create("\(folder.path)/merged")
    try FileWriter.writeAtomically("{", to: report)
    #expect(try !SweepScan(folder).status().isMerged && SweepMerge.result(of: folder) == nil)
  }

  @Test("Rows come out by run and unit, whichever shards they were in")
  func order() {
    func line(_ run: Int, _ unit: Int) -> [UInt8] {
      SweepRow(
        SweepRun(run: run, point: run, seed: 1, values: []), unit: unit, key: #"a"run":9"#, keys: []
      ).line(Array("{}\n".utf8))
    }
    let shards = [
      [(0, 1), (0, 3)], [(0, 2), (1, 1), (1, 4)], [(1, 2)], [(1, 3), (2, 1)], [(3, 1)],
    ].map { $0.flatMap { line($0.0, $0.1) } }
    var order = RowOrder()
    var rows: [UInt8] = []
    for shard in shards { rows += order.take(shard[...]) ?? [] }
    rows += order.finish() ?? []
    let places = rows.split(separator: 0x0A).compactMap(UnitPlace.init)
    #expect(
      places.map { [$0.run, $0.unit] } == [
        [0, 1], [0, 2], [0, 3], [1, 1], [1, 2], [1, 3], [1, 4], [2, 1], [3, 1],
      ])
  }

  @Test("A row reads back with its record, whatever stands in its values")
  func rows() throws {
    let run = SweepRun(
      run: 3, point: 1, seed: .max, values: [#""a,\"record\":{\"run\":7}""#, "0.5"])
    let keys = ["distribution.file", "probe.delta"].map { SweepKey(path: $0, values: .list([])) }
    let line = SweepRow(run, unit: 2, key: "k", keys: keys).line(Array("{\"x\":[1,2]}\n".utf8))
    let (row, record) = try #require(SweepRow.split(line.dropLast()))
    #expect(row.values["distribution.file"] == .text(#"a,"record":{"run":7}"#))
    #expect(row.values["probe.delta"] == .number(0.5) && row.seed == .max)
    #expect(record == Array("{\"x\":[1,2]}\n".utf8))
    #expect(UnitPlace(line: line[...]) == UnitPlace(run: 3, unit: 2))
  }

  @Test("Means, slopes and cells are those of the numbers")
  func summary() throws {
    let place = try TemporaryFolder()
    let folder = try SmallSweep.folder(in: place)
    try SmallSweep.workAll(folder, 0..<3)
    _ = try SmallSweep.merge(folder)
    let table = try SweepTable(folder, dataSource: DataFile())
    #expect(table.rows.count == 6 && table.keys == ["training_set.count"])
    #expect(table.metrics.starts(with: ["steps", "diverged", "loss", "held_out_loss"]))
    let summary = try #require(try SweepSummary(table, metric: "excess", over: nil, by: nil))
    let numbers = table.rows.compactMap { $0.numbers["excess"] }
    let means = [0, 2, 4].map { (numbers[$0] + numbers[$0 + 1]) / 2 }
    let found = summary.lines[0].groups.map { $0.numbers.reduce(0, +) / Double($0.numbers.count) }
    #expect(zip(means, found).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(summary.heatMap == nil)
    #expect(throws: SweepError.self) {
      try SweepSummary(table, metric: "nothing", over: nil, by: nil)
    }
    #expect(throws: SweepError.self) {
      try SweepSummary(table, metric: nil, over: "optimizer.batch", by: nil)
    }
  }
}
