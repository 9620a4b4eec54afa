import Glibc
import OutsideText
@testable import ScoreClaims
import ScoreCore
import ScoreLab
import TestSupport
import Testing

@testable import ScoreSweeps

@Suite struct ShardTests {
  @Test("Two copies of a shard are equal to the byte, and a shard that is there is left alone")
  func copies() throws {
    let place = try TemporaryFolder()
    let (first, second) = try (
      SmallSweep.folder(in: place), SmallSweep.folder(in: place, named: "b")
    )
    try SmallSweep.work(first, 1)
    try SmallSweep.work(second, 1)
    let bytes = try SmallSweep.bytes(first, 1)
    #expect(try bytes == SmallSweep.bytes(second, 1) && bytes.count > 500)
    let stamp = FileStamp(of: first.shardPath(1))
    try SmallSweep.work(first, 1)
    #expect(FileStamp(of: first.shardPath(1)) == stamp)
  }

  @Test("The digest is the same in any order, with any packing, and for what was interrupted")
  func digests() throws {
    for text in [SmallSweep.trained, SmallSweep.experiment] {
      let place = try TemporaryFolder()
      let whole = try SmallSweep.folder(text, in: place, shard: 1000)
      #expect(whole.manifest.shards == 1)
      try SmallSweep.work(whole, 0)
      let digest = try SmallSweep.merge(whole).digest
      let packed = try SmallSweep.folder(text, in: place, named: "b", shard: 1)
      #expect(packed.manifest.shards > 5)
      try SmallSweep.workAll(packed, (0..<packed.manifest.shards).reversed())
      // The ids differ, so the rows alone must agree.
      #expect(try SmallSweep.merge(packed).digest == digest)
      let broken = try SmallSweep.folder(text, in: place, named: "c", shard: 4)
      var asked = 0
      for shard in 0..<broken.manifest.shards {
        for limit in [3, 9, 40, Int.max] {
          asked = 0
          do {
            try SmallSweep.work(broken, shard) {
              asked += 1
              return asked > limit
            }
          } catch SweepError.interrupted {
            #expect(limit < Int.max)
          }
        }
      }
      #expect(try SmallSweep.merge(broken).digest == digest)
    }
  }

  @Test(
    "An interrupted shard keeps its units and the state of the run under way, and goes on there")
  func interruption() throws {
    let place = try TemporaryFolder()
    let folder = try SmallSweep.folder(in: place, shard: 6)
    var asked = 0
    // Four questions a run: the third run is in its second step.
    #expect(throws: SweepError.interrupted) {
      try SmallSweep.work(folder, 0) {
        asked += 1
        return asked > 13
      }
    }
    let names = FileName.names(in: "\(folder.path)/partial") ?? []
    #expect(names.contains("00000.jsonl") && names.contains { $0.hasSuffix(".state") })
    #expect(FileName.names(in: "\(folder.path)/running") == [])
    let first = asked
    try SmallSweep.work(folder, 0) {
      asked += 1
      return false
    }
    // What was done is not done again: 6 runs of 4 steps ask 24 times at least, in both attempts together
    // a few times more.
    #expect(asked - first < 20)
    #expect(FileName.names(in: "\(folder.path)/partial") == [])
  }

  @Test(
    "A shard that is torn, empty, of another sweep or with a flipped bit is set aside and computed again",
    arguments: ["torn", "empty", "foreign", "flipped", "misplaced"])
  func damage(_ kind: String) throws {
    let place = try TemporaryFolder()
    let folder = try SmallSweep.folder(in: place)
    try SmallSweep.workAll(folder, 0..<3)
    let digest = try SmallSweep.merge(folder).digest
    var bytes = try SmallSweep.bytes(folder, 1)
    switch kind {
    case "torn": bytes.removeLast(100)
    case "empty": bytes = []
    case "flipped": bytes[200] ^= 1
    case "misplaced": bytes = try SmallSweep.bytes(folder, 2)
    default:
      let other = try SmallSweep.folder(
        SmallSweep.trained + "\nshard: 2", in: place, named: "b", shard: 3)
      try SmallSweep.work(other, 1)
      bytes = try SmallSweep.bytes(other, 1)
    }
    try FileWriter.writeAtomically(bytes, to: folder.shardPath(1))
    #expect(throws: SweepError.self) { try SmallSweep.merge(folder) }
    #expect(FileReader.exists(folder.shardPath(1) + ".bad"))
    try FileWriter.writeAtomically(bytes, to: folder.shardPath(1))
    #expect(try SmallSweep.work(folder, 1).count == 1)
    #expect(try SmallSweep.merge(folder).digest == digest)
  }

  @Test("A shard that cannot be read now is left alone, and not missing where none can be listed")
  func unreadable() throws {
    let place = try TemporaryFolder()
    let folder = try SmallSweep.folder(in: place)
    try SmallSweep.workAll(folder, 0..<3)
    let digest = try SmallSweep.merge(folder).digest
    let shard = folder.shardPath(1)
    #expect(rename(shard, shard + ".kept") == 0)
    // The first bytes of a process's memory: a regular file that cannot be read.
    #expect(symlink("/proc/self/mem", shard) == 0)
    #expect(throws: FileError.self) { try SmallSweep.merge(folder) }
    #expect(throws: FileError.self) { try SmallSweep.work(folder, 1) }
    #expect(!FileReader.exists(shard + ".bad"))
    #expect(rename(shard + ".kept", shard) == 0)
    #expect(try SmallSweep.merge(folder).digest == digest)
    let shards = "\(folder.path)/shards/00"
    #expect(rename(shards, shards + ".kept") == 0)
    try FileWriter.writeAtomically("no folder", to: shards)
    #expect(throws: FileError.self) { try SmallSweep.merge(folder, partial: true) }
    #expect(throws: FileError.self) { try SweepScan(folder).status() }
  }

  @Test("Another program, a changed plan and a missing data file are refused with status 65")
  func misfits() throws {
    let place = try TemporaryFolder()
    let folder = try SmallSweep.folder(in: place)
    func status(_ work: () throws -> Void) -> Int32? {
      do {
        try work()
        return nil
      } catch {
        return (error as? SweepError)?.workStatus
      }
    }
    #expect(status { try SmallSweep.work(folder, 0, program: "scorefield 9") } == 65)
    #expect(status { try SmallSweep.work(folder, 3) } == 65)
    let data = try place.write("x,y\n1,2\n3,4\n5,6\n7,9\n", to: "d.csv")
    let text = """
      sweep: data
      train: {steps: 2}
      configuration: {distribution: {kind: points, file: \(data)}, network: {hidden: [4]}, \
      probe: {points: 200, levels: 2}}
      """
    let other = try SmallSweep.folder(text, in: place, named: "b")
    #expect(other.manifest.data.count == 1)
    try place.write("x,y\n1,2\n3,4\n5,6\n7,8\n", to: "d.csv")
    #expect(status { try SmallSweep.work(other, 0) } == 65)
    try FileWriter.writeAtomically("{}\n", to: SweepFolder.planPath(folder.path))
    #expect(status { try SmallSweep.work(folder, 0) } == 65)
  }

  @Test("A unit that fails is recorded; after three attempts the shard is given up until retry")
  func failures() throws {
    let place = try TemporaryFolder()
    let data = try place.write("x,y\n1,2\n3,4\n5,6\n7,9\n", to: "d.csv")
    let folder = try SmallSweep.folder(
      """
      sweep: bad
      train: {steps: 2}
      configuration: {distribution: {kind: points, file: \(data)}, network: {hidden: [4]}, \
      probe: {points: 200, levels: 2}}
      seeds: 2
      """, in: place, shard: 1)
    try SmallSweep.work(folder, 0)
    for attempt in 1...4 {
      let worker = try ShardWorker(
        folder, shard: 1, program: SmallSweep.program, dataSource: BrokenFile(),
        isEnding: { false }, warn: { _ in })
      let error = #expect(throws: SweepError.self) { try worker.work() }
      #expect(error?.workStatus == 1)
      #expect("\(error.map { "\($0)" } ?? "")".contains(attempt < 4 ? "out of order" : "given up"))
    }
    let status = try SweepScan(folder).status()
    #expect(status.givenUp == [1] && status.done == 1 && status.failed == 1)
    let refusal = #expect(throws: SweepError.self) { try SmallSweep.merge(folder) }
    #expect(
      "\(refusal.map { "\($0)" } ?? "")".hasPrefix("1 of 2 shards are missing: 1 (shard 1: run 1"))
    #expect(try SweepFailure.forgetAll(in: folder) == 1)
    try SmallSweep.work(folder, 1)
    #expect(try SmallSweep.merge(folder).rows == 2)
  }

  @Test("The units of an experiment are grouped by what they need, and shards hold whole groups")
  func groups() throws {
    func unit(_ number: Int, _ needs: [Int]) -> UnitOverview {
      UnitOverview(
        number: number, activity: "", length: 1, needs: needs, isFinished: false, key: "\(number)")
    }
    let units = [unit(1, []), unit(2, []), unit(3, [1]), unit(4, []), unit(5, [4, 2])]
    #expect(SweepUnits.groups(units) == [[1, 3], [2, 4, 5]])
    var shards: [SweepShard] = []
    var packing = ShardPacking(size: 3) { shards.append($0) }
    let run = SweepRun(run: 0, point: 0, seed: 1, values: [])
    for group in [[1, 3], [2, 4, 5], [6]] { try packing.add(group, of: run) }
    try packing.finish()
    #expect(shards.map { $0.parts[0].numbers } == [[1, 2, 3, 4, 5], [6]])
  }

  @Test("An experiment's rows give the report that the experiment gives by itself")
  func report() throws {
    let place = try TemporaryFolder()
    let folder = try SmallSweep.folder(SmallSweep.experiment, in: place, shard: 3)
    try SmallSweep.workAll(folder, 0..<folder.manifest.shards)
    _ = try SmallSweep.merge(folder)
    var reports: [Int: ExperimentReport] = [:]
    var configurations: [Int: ExperimentConfiguration] = [:]
    let table = try SweepTable(folder, dataSource: DataFile()) {
      reports[$0] = $2
      configurations[$0] = $1
    }
    #expect(table.rows.count == 2 && table.rows.map { $0.values[0].number } == [10, 20])
    for (run, configuration) in configurations {
      var driver = try configuration.makeDriver(threads: 2, dataSource: DataFile())
      while !driver.isFinished { try driver.step() }
      #expect(driver.report == reports[run])
      let checks = driver.report.checks.compactMap(\.measured)
      #expect(!checks.isEmpty && checks.allSatisfy { table.rows[run].numbers.values.contains($0) })
    }
  }
}

/// Has every file, none of which can be read.
private struct BrokenFile: DataSource {
  func table(file: String, columns: [String]) throws -> DataTable {
    throw FileError(path: file, reason: "out of order")
  }
}
