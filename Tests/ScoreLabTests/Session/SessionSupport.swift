import Glibc
import ScoreCore
import TestSupport
import Testing

@testable import ScoreLab

extension RunConfiguration {
  /// A run that takes milliseconds: a small network, few points and few levels.
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
  init(_ configuration: RunConfiguration, threads: Int = 1) throws {
    try self.init(configuration: configuration, dataSource: DataFile(), threads: threads)
  }

  /// Trains to a number of executed steps, or to a divergence.
  mutating func train(to executed: Int) {
    while executedSteps < executed && divergence == nil { _ = trainStep() }
  }

  /// Measures until nothing is left to measure of these weights.
  mutating func measureFully() {
    while !isMeasured { measure() }
  }

  /// The error at every level, measured now.
  mutating func probeNow() throws -> ProbeResult {
    measureNow(MeasurementRequest([ProbeMeasurement.self]))
    return try #require(measurements.probe)
  }

  /// Everything that training decides, comparable bit for bit.
  var bits: [UInt32] {
    [UInt32(step)] + (parameters + averagedParameters).map(\.bitPattern)
      + history.buckets.flatMap { [$0.minimum, $0.maximum, $0.sum, $0.smoothed] }
      .flatMap { [UInt32(truncatingIfNeeded: $0.bitPattern), UInt32($0.bitPattern >> 32)] }
  }
}

extension SessionRunner {
  /// What an event loop waits for.
  var polled: PolledDescriptor { PolledDescriptor(mailbox.descriptor) }

  /// Waits for a message that satisfies a condition; nil when none come for many seconds.
  func message(where isWanted: (SessionMessage) -> Bool) -> SessionMessage? {
    while polled.isReadable(milliseconds: 20_000) {
      polled.drain()
      if let message = mailbox.take(), isWanted(message) { return message }
    }
    return nil
  }
}
