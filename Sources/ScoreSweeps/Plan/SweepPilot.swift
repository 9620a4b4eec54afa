import ScoreClaims
import ScoreCore
import ScoreLab

/// How long a unit of a sweep takes and how much it leaves, from some that were tried.
package struct SweepPilot: Sendable, Equatable, Codable {
  /// Seconds of one core for a unit, the mean over those that were tried.
  package var secondsPerUnit: Double
  /// Bytes that a unit leaves.
  package var bytesPerUnit: Double
  /// How many runs were tried.
  package var runs: Int

  /// How long the shards of a plan should take, in seconds.
  private static let (shortest, longest) = (1.0, 120.0)
  /// At least so many shards, so that many cores have something to do.
  private static let fewestShards = 64.0
  /// With more shards than this they get longer, up to half an hour: a batch system starts a few a second.
  private static let manyShards = 5000.0
  private static let longestOfMany = 1800.0
  /// How long a run is tried, in seconds.
  private static let patience = 2.0

  /// Tries some runs, each for a few seconds.
  ///
  /// - Throws: What is wrong with the values or the data of one.
  init(
    _ subjects: [(run: SweepRun, subject: SweepSubject)], dataSource: any DataSource
  ) throws {
    var (seconds, bytes) = (0.0, 0.0)
    for (run, subject) in subjects {
      let tried = try Self.tried(run, subject, dataSource: dataSource)
      seconds += tried.seconds
      bytes += tried.bytes
    }
    runs = subjects.count
    secondsPerUnit = seconds / Double(runs)
    bytesPerUnit = bytes / Double(runs)
  }

  private static func tried(
    _ run: SweepRun, _ subject: SweepSubject, dataSource: any DataSource
  ) throws -> (seconds: Double, bytes: Double) {
    let start = MonotonicClock.now
    switch subject {
    case .training(let configuration, let steps):
      var training = try TrainedUnit(configuration, steps: steps, dataSource: dataSource)
      let made = MonotonicClock.now
      _ = training.train { MonotonicClock.now - made > patience }
      let trained = MonotonicClock.now
      let record = training.record()
      let perStep = (trained - made) / Double(max(1, training.step))
      let row = SweepRow(run, unit: 1, key: "run", keys: []).line(TrainedUnit.line(record))
      return (
        made - start + perStep * Double(steps) + MonotonicClock.now - trained, Double(row.count)
      )
    case .experiment(let configuration):
      let store = CollectedRecords()
      var driver = try configuration.makeDriver(
        threads: 1, dataSource: dataSource, store: store)
      while !driver.isFinished, MonotonicClock.now - start < patience { try driver.step() }
      // What is done is counted in parts of roughly equal length.
      let parts = Double(driver.units.reduce(0) { $0 + $1.length })
      let whole = (MonotonicClock.now - start) * parts / Double(max(1, driver.unitsDone))
      let count = Double(max(1, driver.units.count))
      return (whole / count, Double(store.byteCount) / Double(max(1, store.count)) + 200)
    }
  }

  /// How many units make a shard that is long enough to be worth its start and short enough to lose.
  func shard(units: Int) -> Int {
    let all = secondsPerUnit * Double(units)
    let longest = max(Self.longest, min(all / Self.manyShards, Self.longestOfMany))
    let seconds = min(max(all / Self.fewestShards, Self.shortest), longest)
    return max(1, min(units, Int((seconds / max(secondsPerUnit, 1e-6)).rounded())))
  }
}
