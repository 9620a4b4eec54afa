/// Keeps runs in a folder: a file for each run and one for each checkpoint.
///
/// Each is written to a temporary name, brought to disk and renamed, and sealed with a checksum.
/// One that does not fit its checksum is set aside and counts as missing: a run without a
/// checkpoint is replayed from an earlier one, or from its start.
public struct FolderRunStore: RunStore {
  private let runs: FolderStore
  private let checkpoints: FolderStore

  /// Uses a folder that exists.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - warn: Called with one line for every file that is set aside.
  public init(path: String, warn: @escaping @Sendable (String) -> Void = { _ in }) {
    runs = FolderStore(path: path, ending: "run", consequence: "the run is missing", warn: warn)
    checkpoints = FolderStore(
      path: path, ending: "checkpoint", consequence: "its steps are taken again", warn: warn)
  }

  public func records() throws(FileError) -> [RunRecord] {
    var records: [RunRecord] = []
    for key in try runs.keys() {
      if let bytes = try runs.load(key) { records.append(try runs.decode(bytes, key: key)) }
    }
    return records
  }

  public func save(_ record: RunRecord) throws(FileError) {
    try runs.save(RecordCoding.encode(record), as: "\(record.id)")
  }

  public func checkpoint(notAfter place: RunPlace) throws(FileError) -> Checkpoint? {
    let kept = try checkpoints.keys().compactMap(RunPlace.init)
    for key in kept.filter({ $0.isNotAfter(place) }).sorted(by: >).map(\.key) {
      if let bytes = try checkpoints.load(key) { return try checkpoints.decode(bytes, key: key) }
    }
    return nil
  }

  public func save(_ checkpoint: Checkpoint, of run: RunID) throws(FileError) {
    try checkpoints.save(RecordCoding.encode(checkpoint), as: checkpoint.place(in: run).key)
  }
}

extension RunPlace {
  /// The place that a checkpoint is kept under, such as `3-1000-2`; nil for another key.
  fileprivate init?(key: String) {
    let numbers = key.split(separator: "-").compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    self.init(run: RunID(numbers[0]), executedSteps: numbers[1], entries: numbers[2])
  }

  fileprivate var key: String { "\(run)-\(executedSteps)-\(entries)" }
}

extension FolderStore {
  /// The value of bytes that fit their checksum.
  fileprivate func decode<Value: Decodable>(
    _ bytes: [UInt8], key: String
  ) throws(FileError) -> Value {
    guard let value: Value = RecordCoding.decode(bytes) else {
      throw FileError(path: fileName(key), reason: "this version cannot read it")
    }
    return value
  }
}
