import ScoreLab

/// A checkpoint as the bytes of a file, in the safetensors format.
enum CheckpointFile {
  /// Which form the bytes have; the first one was text, and is not read.
  static let format = 2
  static let ending = "safetensors"

  static func encode(_ checkpoint: Checkpoint) -> [UInt8] { checkpoint.file.bytes }

  static func checksum(_ bytes: [UInt8]) -> String { CheckedText.longChecksum(bytes) }

  /// The checkpoint of bytes that were written by ``encode(_:)``.
  static func decode(_ bytes: [UInt8], of row: CheckpointRow, path: String) throws(FileError)
    -> Checkpoint
  {
    guard row.format == format else {
      throw FileError(path: path, reason: "this version cannot read it")
    }
    guard checksum(bytes) == row.checksum else {
      throw FileError(path: path, reason: "its checksum does not fit")
    }
    guard let file = try? SafetensorsFile(bytes, file: path), let checkpoint = Checkpoint(file)
    else { throw FileError(path: path, reason: "this version cannot read it") }
    return checkpoint
  }
}
