import Glibc
import OutsideText

/// Keeps finished units of a long experiment, so that it can be taken up again after a kill.
public protocol UnitStore: Sendable {
  /// The text kept under a key, or nil.
  ///
  /// - Throws: ``FileError`` when it is there but cannot be read.
  func load(_ key: String) throws(FileError) -> [UInt8]?
  /// Keeps text that ends a line, under a key of letters, digits, `_`, `-` and `.`.
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
/// A file has the text and a line with a checksum of it and of the key. What does not fit its
/// checksum is set aside under another name and counts as missing; what the system cannot read now may be
/// whole, and is left alone.
public struct FolderStore: UnitStore {
  /// The most bytes that are read of a file.
  private static let largestFile = 1 << 30

  public let path: String
  private let warn: @Sendable (String) -> Void

  /// Uses a folder that exists.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - warn: Called with one line for every unit that is set aside.
  public init(path: String, warn: @escaping @Sendable (String) -> Void = { _ in }) {
    self.path = path
    self.warn = warn
  }

  public func load(_ key: String) throws(FileError) -> [UInt8]? {
    let file = fileName(key)
    guard OpenFile.exists(file) else { return nil }
    let reason: String
    do throws(FileError) {
      let bytes = try OpenFile(reading: file).readAll(limit: Self.largestFile)
      if let body = CheckedText.body(of: bytes, name: key) { return body }
      reason = "its checksum does not fit"
    } catch {
      guard !error.isOfSystem else { throw error }
      reason = error.reason
    }
    try setAside(file, because: reason)
    return nil
  }

  public func save(_ text: [UInt8], as key: String) throws(FileError) {
    try FileWriter.writeAtomically(CheckedText.sealed(text, name: key), to: fileName(key))
  }

  private func setAside(_ file: String, because reason: String) throws(FileError) {
    let other = file + ".damaged"
    guard rename(FileName.systemName(file), FileName.systemName(other)) == 0 else {
      throw OpenFile.failure(file)
    }
    let names = [file, other].map { SafeText.sanitized($0, limit: 200) }
    warn("\(names[0]): \(reason); set aside as \(names[1]), and the unit is computed again")
  }

  private func fileName(_ key: String) -> String {
    precondition(
      !key.isEmpty
        && key.utf8.allSatisfy { byte in
          byte == 0x2D || byte == 0x2E || byte == 0x5F || (0x30...0x39).contains(byte)
            || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }, "A key is a plain name.")
    return "\(path)/\(key).unit"
  }
}
