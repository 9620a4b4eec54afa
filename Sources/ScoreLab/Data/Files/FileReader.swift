/// Reads whole files.
public enum FileReader {
  /// Whether there is anything under a name.
  public static func exists(_ path: String) -> Bool { OpenFile.exists(path) }

  /// The bytes of a file of at most `limit` bytes.
  ///
  /// - Throws: ``FileError``, also for a file that is too long.
  package static func bytes(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    try OpenFile(reading: path).readAll(limit: limit)
  }

  /// The same, unpacked where the file is compressed with gzip, and then of at most `limit` bytes.
  ///
  /// - Throws: ``FileError``, also for a file that is too long, cut off or damaged, or that changes
  ///   while it is read.
  package static func unpackedBytes(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    let stamp = FileStamp(of: path)
    let bytes = try OpenFile(reading: path).readUnpacked(limit: limit)
    guard FileStamp(of: path) == stamp else {
      throw FileError(
        path: path, reason: "the file changed while it was read; try again when it is written")
    }
    return bytes
  }

  /// The text of a file of at most `limit` bytes.
  ///
  /// - Throws: ``FileError``, also for a file that is too long or not text in UTF-8.
  public static func text(_ path: String, limit: Int) throws(FileError) -> String {
    let bytes = try OpenFile(reading: path).readAll(limit: limit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileError(path: path, reason: "not text in UTF-8")
    }
    return text
  }
}
