import ScoreLab
import Synchronization

/// The records of an experiment's units in memory, by key.
final class CollectedRecords: UnitStore {
  private let records = Mutex<[String: [UInt8]]>([:])

  init(_ records: [String: [UInt8]] = [:]) {
    self.records.withLock { $0 = records }
  }

  func load(_ key: String) throws(FileError) -> [UInt8]? { records.withLock { $0[key] } }

  func save(_ text: [UInt8], as key: String) throws(FileError) {
    records.withLock { $0[key] = text }
  }

  var count: Int { records.withLock { $0.count } }
  var byteCount: Int { records.withLock { $0.values.reduce(0) { $0 + $1.count } } }
}
