import Glibc
import Synchronization

/// Writes whole files so that a reader sees the old contents or the new, never a part.
public enum FileWriter {
  private static let attempts = Atomic<UInt64>(0)

  /// Writes text as UTF-8 under a temporary name in the same folder, then renames it.
  ///
  /// - Throws: ``FileError``; then the old file is untouched and nothing is left behind.
  public static func writeAtomically(_ text: String, to path: String) throws(FileError) {
    try writeAtomically(Array(text.utf8), to: path)
  }

  /// Writes bytes under a temporary name in the same folder, then renames it.
  ///
  /// A symbolic link is followed, and an existing file keeps its permissions.
  ///
  /// - Throws: ``FileError``; then the old file is untouched and nothing is left behind.
  public static func writeAtomically(_ bytes: [UInt8], to path: String) throws(FileError) {
    let target = try resolvedTarget(path)
    let temporary = temporaryName(beside: target)
    do throws(FileError) {
      let file = try OpenFile(creating: temporary)
      file.copyPermissions(from: target)
      try file.writeAll(bytes)
    } catch {
      unlink(temporary)
      throw FileError(path: path, reason: error.reason)
    }
    guard rename(temporary, target) == 0 else {
      let failure = OpenFile.failure(path)
      unlink(temporary)
      throw failure
    }
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
