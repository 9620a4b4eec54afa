import OutsideText
import ScoreLab

/// The file of a finished shard: a line for each unit and a last one that seals them.
enum ShardFile {
  /// The most bytes that are read of one.
  private static let largest = 1 << 30
  /// The most bytes of a last line.
  private static let longestSeal = 512

  struct Seal: Codable, Equatable {
    var end = true
    var bytes: Int
    var rows: Int
    var sha256: String
    var shard: Int
    var sweep: String
  }

  /// The bytes of a file.
  ///
  /// - Parameters:
  ///   - body: Whole lines.
  ///   - rows: How many.
  ///   - shard: The number of the shard.
  ///   - sweep: The id of the sweep.
  /// - Returns: The lines and the seal.
  static func sealed(_ body: [UInt8], rows: Int, shard: Int, sweep: String) -> [UInt8] {
    let seal = Seal(
      bytes: body.count, rows: rows, sha256: SHA256.digest(body), shard: shard, sweep: sweep)
    return body + RecordCoding.encode(seal)
  }

  /// Whole lines of a file, and how many.
  struct Body {
    var lines: ArraySlice<UInt8>
    var rows: Int
  }

  /// The lines of a file that is whole.
  ///
  /// - Throws: `FileError` saying what is wrong with it.
  static func body(ofFile path: String, shard: Int, sweep: String) throws(FileError) -> Body {
    let bytes = try FileReader.bytes(path, limit: largest)
    let last = bytes.dropLast().lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    guard bytes.last == 0x0A, bytes.count - last <= longestSeal,
      let seal: Seal = RecordCoding.decode(Array(bytes[last...]))
    else { throw FileError(path: path, reason: "cut off: it does not end in a seal") }
    guard seal.sweep == sweep, seal.shard == shard else {
      let origin = "shard \(seal.shard) of sweep \(SafeText.sanitized(seal.sweep, limit: 12))"
      throw FileError(path: path, reason: "it is of \(origin)")
    }
    guard seal.bytes == last, seal.sha256 == SHA256.digest(bytes[..<last]) else {
      throw FileError(path: path, reason: "its checksum does not fit")
    }
    return Body(lines: bytes[..<last], rows: seal.rows)
  }
}
