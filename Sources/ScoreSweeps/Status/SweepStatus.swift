package import ScoreLab

/// How far a sweep is, from its files alone.
package struct SweepStatus: Sendable, Equatable {
  /// How far the runs at one value of a key are.
  package struct Value: Sendable, Equatable {
    package var key: String
    package var value: SweepValue
    package var done: Int
    package var units: Int

    package init(key: String, value: SweepValue, done: Int, units: Int) {
      self.key = key
      self.value = value
      self.done = done
      self.units = units
    }
  }

  /// Shards by what became of them.
  package var (done, running, failed, missing) = (0, 0, 0, 0)
  /// Shards that failed so often that they are not tried again.
  package var givenUp: [Int] = []
  package var units = (done: 0, all: 0)
  /// The attempts that live.
  package var attempts: [SweepAttempt] = []
  /// Attempts that ended without a word.
  package var lost = 0
  /// The newest failure of each shard that has one and is not done.
  package var failures: [SweepFailure] = []
  package var values: [Value] = []
  /// Seconds of one core for a unit; nil before the first is finished and without a pilot.
  package var secondsPerUnit: Double?
  /// Seconds until the last unit is finished by those that are at work; nil where nobody is.
  package var left: Double?
  package var isMerged = false

  package init() {}

  package var shards: Int { done + running + failed + missing }
  package var isComplete: Bool { done == shards }
}

extension SweepStatus {
  package static func == (a: SweepStatus, b: SweepStatus) -> Bool {
    a.done == b.done && a.running == b.running && a.failed == b.failed && a.missing == b.missing
      && a.givenUp == b.givenUp && a.units == b.units && a.attempts == b.attempts
      && a.lost == b.lost && a.failures == b.failures && a.values == b.values
      && a.secondsPerUnit == b.secondsPerUnit && a.left == b.left && a.isMerged == b.isMerged
  }
}

/// Looks at a sweep's folder again and again, reading its plan once.
package final class SweepScan {
  /// What a shard has of a value of a key.
  private struct Share {
    var value: Int
    var units: Int
  }

  package let folder: SweepFolder
  private var values: [SweepStatus.Value] = []
  private var shares: [[Share]] = []
  private var unitCounts: [Int] = []
  private var ended: (count: Int, secondsPerUnit: Double)?

  /// - Throws: What is wrong with the folder.
  package init(_ folder: SweepFolder) throws {
    self.folder = folder
    let spec = try folder.manifest.spec(at: SweepFolder.manifestPath(folder.path))
    var places: [String: Int] = [:]
    var order: [String: Int] = [:]
    for (place, key) in spec.keys.enumerated() { order[key.path] = place }
    try folder.forEachShard { shard in
      var units: [Int: Int] = [:]
      for part in shard.parts {
        let count = part.numbers.count
        for (key, text) in zip(spec.keys, part.run.values) {
          let name = "\(key.path)=\(text)"
          if places[name] == nil {
            places[name] = values.count
            values.append(
              .init(key: key.path, value: SweepValue(yaml: text), done: 0, units: 0))
          }
          guard let place = places[name] else { continue }
          units[place, default: 0] += count
          values[place].units += count
        }
      }
      shares.append(units.map { Share(value: $0.key, units: $0.value) })
      unitCounts.append(shard.unitCount)
      return true
    }
    sort(by: order)
  }

  /// Puts the values of a key next to one another.
  private func sort(by order: [String: Int]) {
    let places = values.indices.sorted {
      (order[values[$0].key] ?? 0, $0) < (order[values[$1].key] ?? 0, $1)
    }
    var newPlaces = Array(repeating: 0, count: places.count)
    for (new, old) in places.enumerated() { newPlaces[old] = new }
    values = places.map { values[$0] }
    shares = shares.map { $0.map { Share(value: newPlaces[$0.value], units: $0.units) } }
  }

  /// How far it is now.
  ///
  /// - Throws: `FileError` where the finished shards cannot be listed, or the report of a merge not read.
  package func status() throws(FileError) -> SweepStatus {
    var status = SweepStatus()
    let filed = try folder.filedShards()
    let (alive, lost) = folder.runningAttempts()
    let failures = SweepFailure.all(in: folder)
    let running = Set(alive.map(\.shard)).subtracting(filed)
    var counts = values.map(\.units).map { _ in 0 }
    for (shard, units) in unitCounts.enumerated() {
      status.units.all += units
      if filed.contains(shard) {
        status.done += 1
        status.units.done += units
        for share in shares[shard] { counts[share.value] += share.units }
      } else if running.contains(shard) {
        status.running += 1
      } else if let reasons = failures[shard] {
        status.failed += 1
        if reasons.count >= ShardWorker.mostFailures { status.givenUp.append(shard) }
      } else {
        status.missing += 1
      }
    }
    status.units.done += alive.filter { running.contains($0.shard) }.reduce(0) { $0 + $1.done }
    status.attempts = alive
    status.lost = lost.count
    status.failures = failures.filter { !filed.contains($0.key) }.sorted { $0.key < $1.key }
      .compactMap(\.value.last)
    status.values = zip(values, counts).map { value, done in
      var value = value
      value.done = done
      return value
    }
    status.secondsPerUnit =
      secondsPerUnit(done: status.done, alive) ?? folder.manifest.pilot?.secondsPerUnit
    if let seconds = status.secondsPerUnit, !alive.isEmpty {
      // Nobody will do those that were given up.
      let lost = status.givenUp.reduce(0) { $0 + unitCounts[$1] }
      let left = max(0, status.units.all - status.units.done - lost)
      status.left = seconds * Double(left) / Double(alive.count)
    }
    // A merge of a part, or one from before a shard was lost, is not the sweep's.
    let merged = status.isComplete ? try SweepMerge.result(of: folder) : nil
    status.isMerged = merged?.isPartial == false
    return status
  }

  /// The mean over what was finished, read anew when more shards are.
  private func secondsPerUnit(done: Int, _ alive: [SweepAttempt]) -> Double? {
    if let ended, ended.count == done { return ended.secondsPerUnit }
    var (seconds, units) = (0.0, 0)
    for attempt in folder.endedAttempts() + alive where attempt.done > attempt.found {
      seconds += attempt.seconds
      units += attempt.done - attempt.found
    }
    guard units > 0 else { return nil }
    ended = (done, seconds / Double(units))
    return ended?.secondsPerUnit
  }
}
