import ScoreLab

/// A checkpoint as the bytes of a file.
enum CheckpointFile {
  /// Which form the bytes have; another one is not read.
  static let format = 1
  static let ending = "checkpoint"

  static func encode(_ checkpoint: Checkpoint) -> [UInt8] { RecordCoding.encode(checkpoint) }

  /// The checkpoint of bytes that were written by ``encode(_:)``.
  static func decode(
    _ bytes: [UInt8], checksum: String, path: String
  ) throws(FileError) -> Checkpoint {
    guard CheckedText.checksum(bytes) == checksum else {
      throw FileError(path: path, reason: "its checksum does not fit")
    }
    guard let checkpoint: Checkpoint = RecordCoding.decode(bytes) else {
      throw FileError(path: path, reason: "this version cannot read it")
    }
    return checkpoint
  }
}
