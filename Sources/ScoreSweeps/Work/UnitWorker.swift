import ScoreClaims
import ScoreCore
import ScoreLab

/// Works on some units of one run of a sweep.
struct UnitWorker {
  private let spec: SweepSpec
  private let part: SweepShard.Part
  private let dataSource: any DataSource
  private let keeper: RunKeeper
  private let isEnding: () -> Bool

  init(
    _ spec: SweepSpec, _ part: SweepShard.Part, dataSource: any DataSource, keeper: RunKeeper,
    isEnding: @escaping () -> Bool
  ) {
    self.spec = spec
    self.part = part
    self.dataSource = dataSource
    self.keeper = keeper
    self.isEnding = isEnding
  }

  /// Does the units that are missing.
  ///
  /// - Parameters:
  ///   - found: The lines of units that are finished.
  ///   - take: Gets every unit that is finished now, with its line.
  /// - Throws: What made a unit impossible; ``SweepError/interrupted``.
  func work(
    given found: [UnitPlace: [UInt8]], take: (Int, [UInt8]) throws -> Void
  ) throws {
    switch try spec.subject(of: part.run) {
    case .training(let configuration, let steps):
      guard found.isEmpty else { return }
      var unit = try TrainedUnit(configuration, steps: steps, dataSource: dataSource)
      guard keeper.train(&unit, run: part.run.run, isEnding: isEnding) else {
        throw SweepError.interrupted
      }
      try take(1, line(TrainedUnit.line(unit.record()), unit: 1, key: "run"))
      keeper.forget(part.run.run)
    case .experiment(let configuration):
      try work(on: configuration, given: found, take: take)
    }
  }

  private func work(
    on configuration: ExperimentConfiguration, given found: [UnitPlace: [UInt8]],
    take: (Int, [UInt8]) throws -> Void
  ) throws {
    var records: [String: [UInt8]] = [:]
    for line in found.values {
      if let (row, record) = SweepRow.split(line.dropLast()) { records[row.key] = record }
    }
    let store = CollectedRecords(records)
    var driver = try configuration.makeDriver(threads: 1, dataSource: dataSource, store: store)
    let wanted = Set(part.numbers)
    let keys = Dictionary(uniqueKeysWithValues: driver.units.map { ($0.number, $0.key) })
    try driver.restrict(to: wanted)
    var left = wanted.filter { keys[$0].map { records[$0] == nil } ?? false }
    while !driver.isFinished {
      if isEnding() { throw SweepError.interrupted }
      try driver.step()
      for unit in left.sorted() {
        guard let key = keys[unit], let record = try store.load(key) else { continue }
        left.remove(unit)
        try take(unit, line(record, unit: unit, key: key))
      }
    }
  }

  private func line(_ record: [UInt8], unit: Int, key: String) -> [UInt8] {
    SweepRow(part.run, unit: unit, key: key, keys: spec.keys).line(record)
  }
}
