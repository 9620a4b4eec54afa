import Glibc
import OutsideText

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
/// exactly, and one with a checksum of them and of the key. What does not fit its checksum is set
/// aside under another name and counts as missing.
public struct FolderStore: UnitStore {
  public let path: String
  private let tell: @Sendable (String) -> Void

  /// Uses a folder that exists.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - tell: Told on one line of every unit that is set aside.
  public init(path: String, tell: @escaping @Sendable (String) -> Void = { _ in }) {
    self.path = path
    self.tell = tell
  }

  public func load(_ key: String) throws(FileError) -> [Double]? {
    let file = fileName(key)
    guard OpenFile.exists(file) else { return nil }
    let reason: String
    do throws(FileError) {
      let bytes = try OpenFile(reading: file).readAll(limit: 1 << 24)
      if let body = CheckedText.body(of: bytes, name: key), let numbers = Self.numbers(body) {
        return numbers
      }
      reason = "its checksum does not fit"
    } catch {
      reason = error.reason
    }
    try setAside(file, because: reason)
    return nil
  }

  public func save(_ values: [Double], as key: String) throws(FileError) {
    let line = values.map(\.description).joined(separator: ",") + "\n"
    let bytes = CheckedText.sealed(Array(line.utf8), name: key)
    try FileWriter.writeAtomically(bytes, to: fileName(key))
  }

  private static func numbers(_ body: [UInt8]) -> [Double]? {
    let parts = String(decoding: body.dropLast(), as: UTF8.self).split(separator: ",")
    let numbers = parts.compactMap { Double($0) }
    return numbers.count == parts.count ? numbers : nil
  }

  private func setAside(_ file: String, because reason: String) throws(FileError) {
    let other = file + ".damaged"
    guard rename(FileName.systemName(file), FileName.systemName(other)) == 0 else {
      throw OpenFile.failure(file)
    }
    let names = [file, other].map { SafeText.sanitized($0, limit: 200) }
    tell("\(names[0]): \(reason); set aside as \(names[1]), and the unit is computed again")
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
