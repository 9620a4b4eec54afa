import Glibc
import Synchronization

/// A file under a temporary name beside its target, which it replaces in one move or not at all.
///
/// A symbolic link is followed, and an existing file keeps its permissions. Errors name the target.
struct PendingFile: ~Copyable {
  private static let attempts = Atomic<UInt64>(0)

  private let path: String
  private let target: String
  private let temporary: String
  private let file: OpenFile
  private var isCommitted = false

  /// Creates the temporary file.
  init(_ path: String) throws(FileError) {
    let target = try PendingFile.resolvedTarget(path)
    let temporary = PendingFile.temporaryName(beside: target)
    let file = try PendingFile.create(temporary, for: path)
    file.copyPermissions(from: target)
    self.path = path
    self.target = target
    self.temporary = temporary
    self.file = file
  }

  private static func create(
    _ temporary: String, for path: String
  ) throws(FileError) -> OpenFile {
    do throws(FileError) {
      return try OpenFile(creating: temporary)
    } catch {
      throw FileError(path: path, reason: error.reason)
    }
  }

  deinit {
    if !isCommitted { unlink(temporary) }
  }

  /// Writes bytes behind those written before.
  func append(_ bytes: [UInt8]) throws(FileError) {
    do throws(FileError) {
      try file.append(bytes)
    } catch {
      throw FileError(path: path, reason: error.reason)
    }
  }

  /// Waits until the disk has everything.
  func synchronize() throws(FileError) {
    do throws(FileError) {
      try file.synchronize()
    } catch {
      throw FileError(path: path, reason: error.reason)
    }
  }

  /// Gives the file its name.
  mutating func commit() throws(FileError) {
    guard rename(temporary, target) == 0 else { throw OpenFile.failure(path) }
    isCommitted = true
  }

  // Renaming onto a link would replace the link, and onto a device would replace the device.
  private static func resolvedTarget(_ path: String) throws(FileError) -> String {
    try OpenFile.checkName(path)
    var status = stat()
    guard stat(path, &status) == 0 else { return path }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw FileError(path: path, reason: "this is a folder, not a file")
    default: throw FileError(path: path, reason: "this is not a regular file")
    }
    guard let resolved = realpath(path, nil) else { throw OpenFile.failure(path) }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func temporaryName(beside target: String) -> String {
    let number = attempts.add(1, ordering: .relaxed).newValue
    let cut = target.lastIndex(of: "/").map { target.index(after: $0) } ?? target.startIndex
    // The name stays short, so that a long target name cannot make it too long.
    return target[..<cut] + ".scorefield-\(getpid())-\(number).tmp"
  }
}
