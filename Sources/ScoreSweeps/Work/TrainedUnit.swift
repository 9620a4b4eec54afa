import NumberFormatting
import ScoreCore
import ScoreLab

/// A run that is trained without a screen and measured at its end.
struct TrainedUnit {
  /// What is kept of a run, by the names that `scorefield train --series` uses; null where it is unknown.
  typealias Record = [String: Double?]

  private var session: Session
  private let steps: Int

  /// - Throws: What is wrong with the distribution's parameters or its data file; `MemoryError`.
  init(_ configuration: RunConfiguration, steps: Int, dataSource: any DataSource) throws {
    session = try Session(configuration: configuration, dataSource: dataSource, threads: 1)
    self.steps = steps
  }

  var step: Int { session.step }

  /// Trains to the end, to a divergence, or until asked to stop.
  ///
  /// - Parameter isEnding: Asked before every step.
  /// - Returns: Whether nothing is left to train.
  mutating func train(isEnding: () -> Bool) -> Bool {
    while session.step < steps {
      if isEnding() { return false }
      guard session.trainStep() != nil else { return true }
    }
    return true
  }

  /// The state as bytes; nil where it is too large to be kept.
  var state: [UInt8]? {
    let checkpoint = session.checkpoint
    return checkpoint.bytes <= Checkpoint.largestKept ? checkpoint.file.bytes : nil
  }

  /// Goes to a state; one that cannot be read is left alone, and the run begins anew.
  mutating func restore(_ bytes: [UInt8], path: String) {
    guard let file = try? SafetensorsFile(bytes, file: path), let checkpoint = Checkpoint(file)
    else { return }
    session.restore(checkpoint, of: session.log)
  }

  /// Measures what is kept.
  mutating func record() -> Record {
    session.measureNow(.reported)
    var record: Record = ["steps": Double(session.step)]
    record["diverged"] = session.divergence == nil ? 0 : 1
    let numbers = session.reportedNumbers
    for number in numbers { record[number.name] = number.value.finite }
    for name in ["l2", "d_delta"] {
      let levels = numbers.filter { $0.name.hasPrefix("\(name)/") }.map(\.value)
      record["\(name)_worst"] = levels.allSatisfy(\.isFinite) ? levels.max() : .some(nil)
    }
    return record
  }

  /// A record as JSON on a line, its names in the order of a table.
  static func line(_ record: Record) -> [UInt8] {
    let parts = record.keys.sorted(by: isBefore).map { name in
      let value = record[name].flatMap { $0 }
      return "\"\(name)\":" + (value.map { NumberText.exact($0) } ?? "null")
    }
    return Array("{\(parts.joined(separator: ","))}\n".utf8)
  }

  /// The order of names in a table: those of the whole run, then those of a noise level by time.
  static func isBefore(_ a: String, _ b: String) -> Bool {
    let ranks = [a, b].map { name -> (Int, String, Double, String) in
      let parts = name.split(separator: "/")
      let first = usualOrder.firstIndex(of: name) ?? usualOrder.count
      let time = parts.count > 1 ? Double(parts[1]) ?? 0 : 0
      return (first, String(parts[0]), time, name)
    }
    return ranks[0] < ranks[1]
  }

  private static let usualOrder = [
    "steps", "diverged", "loss", "held_out_loss", "floor", "excess", "l2_worst", "d_delta_worst",
  ]
}

extension Double {
  fileprivate var finite: Double? { isFinite ? self : nil }
}
