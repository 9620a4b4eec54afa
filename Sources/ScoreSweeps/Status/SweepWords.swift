import NumberFormatting
import OutsideText

/// What is said of a sweep, on screens and in tables alike.
package enum SweepWords {
  /// Progress on one line.
  package static func line(_ status: SweepStatus) -> String {
    let left = status.left.map { "  ETA \(duration($0))" } ?? ""
    let failed = status.failed > 0 ? "  \(status.failed) failed" : ""
    return "\(Int(status.share * 100))%  \(status.units.done)/\(status.units.all) units, "
      + "\(status.done)/\(status.shards) shards, \(status.running) running\(failed)\(left)"
  }

  /// An attempt under way.
  package static func attempt(_ attempt: SweepAttempt) -> String {
    "shard \(attempt.shard) on \(attempt.host): \(attempt.done)/\(attempt.units) units, for "
      + duration(max(1, SweepAttempt.clock - attempt.begun))
  }

  /// A failure with its reason.
  package static func failure(_ failure: SweepFailure, in status: SweepStatus) -> String {
    let end = status.givenUp.contains(failure.shard) ? ", given up" : ""
    let reason = SafeText.sanitized(failure.reasons.first ?? "no reason was kept", limit: 400)
    return "shard \(failure.shard) failed\(end): \(reason)"
  }

  /// What a person would do next.
  package static func next(_ status: SweepStatus, path: String) -> String {
    let place = SafeText.sanitized(path, limit: 200)
    if status.isComplete {
      return status.isMerged
        ? "Next: scorefield sweep export \(place) table.csv"
        : "Next: scorefield sweep merge \(place)"
    }
    if !status.givenUp.isEmpty {
      return "Next: look at the reasons, then scorefield sweep retry \(place)"
    }
    return status.running > 0
      ? "Under way" : "Next: scorefield sweep run or submit \(place), which does what is missing"
  }

  /// A time of any length.
  package static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<1: "\(NumberText.short(seconds * 1000)) ms"
    case ..<60: "\(NumberText.short(seconds)) s"
    case ..<3600: "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
    case ..<(100 * 3600): "\(Int(seconds) / 3600) h \(Int(seconds) % 3600 / 60) min"
    default: "\(NumberText.short(seconds / 86400)) days"
    }
  }
}

extension SweepStatus {
  /// The share of the units that are done.
  package var share: Double { Double(units.done) / Double(max(1, units.all)) }
}
