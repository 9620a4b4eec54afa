import Glibc
import OutsideText

/// The right to write in a folder, or what one file stands for, for as long as this exists or the process
/// lives.
///
/// A file in the folder is locked and says who holds it. It is removed in the end; what a killed
/// process leaves is locked by nobody and taken over.
public final class FolderLock: Sendable {
  private let file: OpenFile?
  private let isShared: Bool

  /// Whether others are kept out; some network file systems keep no locks.
  public var isExclusive: Bool { file != nil }

  /// Takes the lock of a folder that exists.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - isShared: Whether others that ask for it shared may write there too.
  /// - Throws: ``FileError`` when another process holds it, with its number and since when, or when
  ///   the folder cannot be written.
  public init(_ folder: String, shared isShared: Bool = false) throws(FileError) {
    self.isShared = isShared
    file = try Self.lock("\(folder)/.scorefield-lock", of: folder, shared: isShared)
  }

  /// Takes the lock of a folder that exists, and waits for others that hold it for a moment.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - seconds: How long it waits.
  /// - Throws: ``FileError`` when another process still holds it, or when the folder cannot be written.
  package init(_ folder: String, waiting seconds: Double) throws(FileError) {
    isShared = false
    file = try Self.lock(
      "\(folder)/.scorefield-lock", of: folder, shared: false, attempts: Int(seconds * 100))
  }

  /// Takes the lock of what a file stands for.
  ///
  /// - Parameters:
  ///   - name: The file's path; its name begins with `.scorefield-` and ends in `.lock`, so that it is
  ///     removed some time after its holder was killed.
  ///   - subject: What is locked, as the error names it.
  /// - Throws: ``FileError`` when another process holds it, or when the file cannot be written.
  package init(file name: String, of subject: String) throws(FileError) {
    isShared = false
    // Whoever removes what is left over holds a lock for a moment.
    file = try Self.lock(name, of: subject, shared: false, attempts: 5)
  }

  deinit {
    // The last of those that share it removes it.
    if isShared, file?.lock() != .held { return }
    file?.unlink()
  }

  private static func lock(
    _ name: String, of folder: String, shared isShared: Bool, attempts: Int = 0
  ) throws(FileError) -> OpenFile? {
    var attemptsLeft = isShared ? 20 : attempts
    while true {
      let file = try OpenFile(locking: name)
      try file.checkKind()
      switch file.lock(shared: isShared) {
      case .taken where attemptsLeft > 0:
        // The last of those that shared it may be about to remove it.
        attemptsLeft -= 1
        usleep(10_000)
      case .taken:
        throw FileError(path: folder, reason: "in use by \(holder(file))")
      case .impossible:
        file.unlink()
        return nil
      case .held:
        // The last holder may have removed it between the opening and the lock.
        guard !file.isUnlinked else { continue }
        do throws(FileError) {
          try file.replaceContents(Array(description.utf8))
        } catch {
          // Others that share it still hold it by this file.
          if !isShared || file.lock() == .held { file.unlink() }
          throw error
        }
        return file
      }
    }
  }

  /// What a holder says of itself.
  private static func holder(_ file: borrowing OpenFile) -> String {
    let bytes = (try? file.readAll(limit: 1000)) ?? []
    let text = SafeText.sanitized(FileName.text(bytes.prefix { $0 != 0x0A }), limit: 200)
    return text.isEmpty ? "another process" : text
  }

  private static var description: String {
    var name = [CChar](repeating: 0, count: 256)
    let isNamed = gethostname(&name, name.count - 1) == 0
    let host = isNamed ? FileName.text(name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }) : "?"
    return "process \(getpid()) on \(host) since \(UTCTime.text(Double(time(nil)))) UTC\n"
  }
}
