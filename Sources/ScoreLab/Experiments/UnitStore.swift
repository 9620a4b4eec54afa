/// Keeps finished units of a long experiment, so that it can be taken up again after a kill.
public protocol UnitStore: Sendable {
  /// What is kept under a key, or nil.
  ///
  /// - Throws: ``FileError`` when it is there but cannot be read.
  func load(_ key: String) throws(FileError) -> [UInt8]?
  /// Keeps text under a key of letters, digits, `_`, `-` and `.`.
  func save(_ text: [UInt8], as key: String) throws(FileError)
}

/// Keeps nothing.
public struct NoStore: UnitStore {
  public init() {}
  public func load(_ key: String) throws(FileError) -> [UInt8]? { nil }
  public func save(_ text: [UInt8], as key: String) throws(FileError) {}
}

/// A folder with a file for each unit, written whole or not at all.
///
public struct FolderStore: UnitStore {
  public let path: String

  /// Uses a folder that exists.
  public init(path: String) { self.path = path }

  public func load(_ key: String) throws(FileError) -> [UInt8]? {
    let file = fileName(key)
    guard OpenFile.exists(file) else { return nil }
    return try OpenFile(reading: file).readAll(limit: 1 << 30)
  }

  public func save(_ text: [UInt8], as key: String) throws(FileError) {
    try FileWriter.writeAtomically(text, to: fileName(key))
  }

  private func fileName(_ key: String) -> String {
    precondition(
      !key.isEmpty
        && key.utf8.allSatisfy { byte in
          byte == 0x2D || byte == 0x2E || byte == 0x5F || (0x30...0x39).contains(byte)
            || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }, "A key is a plain name.")
    return "\(path)/\(key).json"
  }
}
