import Glibc
import OutsideText

/// A file under a temporary name next to its target, which it replaces in one move or not at all.
///
/// A symbolic link is followed, and an existing file keeps its permissions. Errors name the target.
package struct PendingFile: ~Copyable {
  private let path: String
  private let target: String
  private let file: OpenFile
  private var isCommitted = false

  /// Creates the temporary file, and removes those that nobody writes any more.
  package init(_ path: String) throws(FileError) {
    let target = try PendingFile.resolvedTarget(path)
    Leftovers.clear(nextTo: target)
    let file = try PendingFile.create(nextTo: target, for: path)
    file.copyPermissions(from: target)
    self.path = path
    self.target = target
    self.file = file
  }

  private static func create(
    nextTo target: String, for path: String
  ) throws(FileError) -> OpenFile {
    while true {
      do throws(FileError) {
        // Another machine or container may have a process of the same number.
        guard let file = try OpenFile(creating: Leftovers.name(nextTo: target)) else { continue }
        // Whoever clears the folder may have come between; then the name is as good as gone.
        guard file.lock() != .taken, !file.isUnlinked else { continue }
        return file
      } catch {
        throw FileError(path: path, reason: error.reason)
      }
    }
  }

  deinit {
    if !isCommitted { file.unlink() }
  }

  /// Writes bytes behind those written before.
  package func append(_ bytes: [UInt8]) throws(FileError) {
    do throws(FileError) {
      try file.append(bytes)
    } catch {
      throw FileError(path: path, reason: error.reason)
    }
  }

  /// Waits until the disk has everything.
  package func synchronize() throws(FileError) {
    do throws(FileError) {
      try file.synchronize()
    } catch {
      throw FileError(path: path, reason: error.reason)
    }
  }

  /// Gives the file its name.
  package mutating func commit() throws(FileError) {
    guard rename(FileName.systemName(file.path), FileName.systemName(target)) == 0 else {
      throw OpenFile.failure(path)
    }
    isCommitted = true
  }

  // Renaming onto a link would replace the link, and onto a device would replace the device.
  private static func resolvedTarget(_ path: String) throws(FileError) -> String {
    try OpenFile.checkName(path)
    var status = stat()
    guard stat(FileName.systemName(path), &status) == 0 else {
      guard errno == ENOENT else { throw OpenFile.failure(path) }
      return try danglingTarget(path)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw FileError(path: path, reason: "this is a folder, not a file")
    default: throw FileError(path: path, reason: "this is not a regular file")
    }
    guard let resolved = FileName.resolved(path) else { throw OpenFile.failure(path) }
    return resolved
  }

  /// Where links lead that end in something missing; the path itself if it is no link.
  private static func danglingTarget(_ path: String) throws(FileError) -> String {
    var target = path
    // As many links as Linux follows.
    for _ in 0...40 {
      guard let link = FileName.link(target) else { return target }
      target = link.utf8.first == UInt8(ascii: "/") ? link : FileName.folder(of: target) + link
    }
    throw FileError(path: path, reason: String(cString: strerror(ELOOP)))
  }
}
