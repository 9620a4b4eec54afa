import GRDB
import ScoreCore
import TestSupport

@testable import RunDatabase
@testable import ScoreLab

extension RunConfiguration {
  /// A run that takes milliseconds.
  static func small(_ assignments: String...) throws -> RunConfiguration {
    try RunConfiguration().setting(
      [
        "training_set.count=100", "network.hidden=[16]", "network.time_features=8",
        "optimizer.batch=64", "sampler.steps=6", "sampler.count=50", "probe.levels=3",
        "probe.points=64",
      ] + assignments)
  }
}

extension Session {
  /// A session of a configuration that reads no file.
  init(_ configuration: RunConfiguration) throws {
    try self.init(configuration: configuration, dataSource: DataFile(), threads: 1)
  }

  /// Trains to a number of executed steps, or to a divergence.
  mutating func train(to executed: Int) {
    while executedSteps < executed && divergence == nil { _ = trainStep() }
  }

  /// Everything that training decides of weights and losses, bit for bit.
  var bits: [UInt64] {
    [UInt64(step)] + (parameters + averagedParameters).map { UInt64($0.bitPattern) }
      + history.buckets.flatMap { [$0.minimum, $0.maximum, $0.sum, $0.smoothed] }.map(\.bitPattern)
  }
}

extension LiveRuns {
  /// Starts a small run next to those of a store.
  init(_ assignments: String..., store: any RunStore) throws {
    let configuration = try RunConfiguration.small().setting(assignments)
    self.init(try Session(configuration), store: store) { try Session($0) }
  }

  mutating func train(to executed: Int) {
    finishReplay()
    while session.executedSteps < executed, session.divergence == nil { trainStep() }
  }

  mutating func set(_ assignment: String) throws {
    configure(try session.configuration.setting([assignment]))
  }

  mutating func finishReplay() {
    while isReplaying { replay() }
  }
}

extension RunOrigin {
  static let test = RunOrigin(version: "1.2.3", commit: "abc", processor: "a processor")
}

extension RunDatabase {
  convenience init(_ folder: TemporaryFolder) throws {
    try self.init(folder: folder.path + "/store", origin: .test)
  }

  /// What SQLite finds wrong.
  func faults() throws -> [String] {
    try read { try String.fetchAll($0, sql: "PRAGMA integrity_check").filter { $0 != "ok" } }
  }

  /// The ids of all runs, in the order in which they began.
  func ids() throws -> [RunID] {
    try read {
      try Int.fetchAll($0, sql: "SELECT id FROM runs ORDER BY created, rowid").map { RunID($0) }
    }
  }
}
