import OutsideText
import ScoreClaims
package import ScoreCore
import ScoreLab

/// Works on one shard of a sweep, in a process that may be killed at any time.
///
/// What it leaves depends on the specification and the shard alone, so that two at work on one shard
/// write the same bytes, and either may be the last.
package struct ShardWorker {
  /// So many attempts that failed give a shard up.
  package static let mostFailures = 3
  /// How often what is finished is kept for another attempt, in seconds.
  private static let keepInterval = 30.0

  private let folder: SweepFolder
  private let spec: SweepSpec
  private let shard: SweepShard
  private let dataSource: any DataSource
  private let isEnding: () -> Bool
  private let warn: (String) -> Void

  /// - Parameters:
  ///   - folder: The folder.
  ///   - number: The shard.
  ///   - program: This program, which must be the one that made the folder.
  ///   - dataSource: Reads the files that distributions are made from.
  ///   - isEnding: Asked many times a second whether to stop.
  ///   - warn: Gets a line for whatever was set aside.
  /// - Throws: ``SweepError`` where the folder, the program or the data do not fit.
  package init(
    _ folder: SweepFolder, shard number: Int, program: String, dataSource: any DataSource,
    isEnding: @escaping () -> Bool, warn: @escaping (String) -> Void
  ) throws {
    try folder.check(program: program)
    self.folder = folder
    spec = try folder.manifest.spec(at: SweepFolder.manifestPath(folder.path))
    shard = try folder.shard(number)
    self.dataSource = dataSource
    self.isEnding = isEnding
    self.warn = warn
  }

  /// Does what is missing of the shard.
  ///
  /// - Throws: ``SweepError`` where units failed or it was asked to stop; `FileError`.
  package func work() throws {
    if try isFinished() { return }
    let failures = try SweepFailure.count(of: shard.shard, in: folder)
    guard failures < Self.mostFailures else {
      throw SweepError.failed(
        "shard \(shard.shard) failed \(failures) times and is given up; see failed/, then scorefield "
          + "sweep retry")
    }
    try checkData()
    try folder.makeFolders(for: shard.shard)
    var lines = keptLines()
    let clock = AttemptClock(
      SweepAttempt(
        shard: shard.shard, units: shard.unitCount, found: lines.count), in: folder)
    do {
      try compute(&lines, clock)
      try FileWriter.writeDurably(sealed(lines), to: folder.shardPath(shard.shard))
      try? FileWriter.remove(folder.partialPath(shard.shard))
      clock.end("done")
    } catch {
      try? keep(lines)
      clock.end("\(error)")
      throw error
    }
  }

  /// Whether the shard is there and whole; what is damaged is set aside, and what the system cannot read
  /// now is left alone.
  private func isFinished() throws(FileError) -> Bool {
    do throws(FileError) {
      return try folder.body(of: shard.shard) != nil
    } catch {
      guard !error.isOfSystem else { throw error }
      try folder.setAside(shard: shard.shard)
      warn("\(error); set aside as .bad, and computed again")
      return false
    }
  }

  private func checkData() throws {
    for (path, sum) in folder.manifest.data.sorted(by: { $0.key < $1.key }) {
      let found = try? SHA256.digest(FileReader.bytes(path, limit: 1 << 32))
      guard found == sum else {
        let what = found == nil ? "cannot be read" : "is another than when the sweep was planned"
        throw SweepError.doesNotFit(
          "\(SafeText.sanitized(path, limit: 200)): the data file \(what)")
      }
    }
  }

  // MARK: - Units

  private func compute(_ lines: inout [UnitPlace: [UInt8]], _ clock: AttemptClock) throws {
    var failures: [String] = []
    var kept = MonotonicClock.now
    let isEnding = {
      clock.beat()
      return self.isEnding()
    }
    for part in shard.parts {
      let found = lines.filter { $0.key.run == part.run.run }
      do {
        let keeper = RunKeeper(folder, shard: shard.shard)
        try UnitWorker(
          spec, part, dataSource: dataSource, keeper: keeper, isEnding: isEnding
        ).work(given: found) { unit, line in
          lines[UnitPlace(run: part.run.run, unit: unit)] = line
          clock.advance(to: lines.count)
          if MonotonicClock.now - kept > Self.keepInterval {
            try keep(lines)
            kept = MonotonicClock.now
          }
        }
      } catch let error as SweepError {
        throw error
      } catch let error as FileError where error.path.hasPrefix(folder.path) {
        throw error
      } catch {
        // The others go on, so that the next attempt has less to do.
        failures.append("run \(part.run.run): \(SafeText.sanitized("\(error)", limit: 400))")
      }
      clock.advance(to: lines.count)
    }
    guard failures.isEmpty else {
      try SweepFailure.record(failures, of: shard.shard, in: folder)
      throw SweepError.failed(failures.joined(separator: "; "))
    }
  }

  // MARK: - What is finished of an interrupted shard

  private func keep(_ lines: [UnitPlace: [UInt8]]) throws(FileError) {
    guard !lines.isEmpty else { return }
    try FileWriter.writeAtomically(sealed(lines), to: folder.partialPath(shard.shard))
  }

  private func sealed(_ lines: [UnitPlace: [UInt8]]) -> [UInt8] {
    ShardFile.sealed(
      lines.sorted { $0.key < $1.key }.flatMap(\.value), rows: lines.count, shard: shard.shard,
      sweep: folder.manifest.id)
  }

  private func keptLines() -> [UnitPlace: [UInt8]] {
    guard
      let body = try? ShardFile.body(
        ofFile: folder.partialPath(shard.shard), shard: shard.shard, sweep: folder.manifest.id)
    else { return [:] }
    var lines: [UnitPlace: [UInt8]] = [:]
    for line in body.lines.split(separator: 0x0A) {
      guard let place = UnitPlace(line: line) else { return [:] }
      lines[place] = line + [0x0A]
    }
    return lines
  }
}
