/// Keeps finished units of a long experiment, so that it can be taken up again after a kill.
public protocol UnitStore: Sendable {
  /// The numbers kept under a key, or nil.
  ///
  /// - Throws: ``FileError`` when they are there but cannot be read.
  func load(_ key: String) throws(FileError) -> [Double]?
  /// Keeps numbers, non-finite ones included, under a key of letters, digits, `_`, `-` and `.`.
  func save(_ values: [Double], as key: String) throws(FileError)
}

/// Keeps nothing.
public struct NoStore: UnitStore {
  public init() {}
  public func load(_ key: String) throws(FileError) -> [Double]? { nil }
  public func save(_ values: [Double], as key: String) throws(FileError) {}
}

/// A folder with a file for each unit, written whole or not at all.
///
/// A file has one line of numbers separated by commas, each with the fewest digits that give it back
/// exactly.
public struct FolderStore: UnitStore {
  public let path: String

  /// Uses a folder that exists.
  public init(path: String) { self.path = path }

  public func load(_ key: String) throws(FileError) -> [Double]? {
    let file = fileName(key)
    guard OpenFile.exists(file) else { return nil }
    let bytes: [UInt8]
    bytes = try OpenFile(reading: file).readAll(limit: 1 << 24)
    guard let text = String(validating: bytes, as: UTF8.self), text.last == "\n" else {
      throw FileError(path: file, reason: "this is not a finished unit; remove it")
    }
    return try text.dropLast().split(separator: ",").map { part throws(FileError) -> Double in
      guard let value = Double(part) else {
        throw FileError(path: file, reason: "this is not a finished unit; remove it")
      }
      return value
    }
  }

  public func save(_ values: [Double], as key: String) throws(FileError) {
    let line = values.map(\.description).joined(separator: ",") + "\n"
    try FileWriter.writeAtomically(line, to: fileName(key))
  }

  private func fileName(_ key: String) -> String {
    precondition(
      !key.isEmpty
        && key.utf8.allSatisfy { byte in
          byte == 0x2D || byte == 0x2E || byte == 0x5F || (0x30...0x39).contains(byte)
            || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }, "A key is a plain name.")
    return "\(path)/\(key).csv"
  }
}
