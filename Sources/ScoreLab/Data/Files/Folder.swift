import Glibc
import OutsideText

/// Folders for results.
public enum Folder {
  /// Waits until the disk has the names that are in a folder.
  ///
  /// - Parameter path: The folder; empty for the working directory.
  /// - Throws: ``FileError``, but not where the file system does not know how to.
  static func synchronize(_ path: String) throws(FileError) {
    let path = path.isEmpty ? "." : path
    let folder = try OpenFile(reading: path)
    do throws(FileError) {
      try folder.synchronize()
    } catch {
      guard errno == EINVAL || errno == EROFS || errno == EBADF else { throw error }
    }
  }

  /// The names in a folder but `.` and `..`, in no order; none where there is no folder.
  ///
  /// - Throws: ``FileError`` where the folder cannot be read, so that nobody takes it for an empty one.
  package static func names(in path: String) throws(FileError) -> [String] {
    if let names = FileName.names(in: path) { return names }
    guard errno == ENOENT else { throw OpenFile.failure(path) }
    return []
  }

  /// Makes a folder and those above it, where they are missing.
  ///
  /// - Throws: ``FileError`` naming the part that could not be made or is no folder.
  public static func create(_ path: String) throws(FileError) {
    try OpenFile.checkName(path)
    let slash = UInt8(ascii: "/")
    var current = path.utf8.first == slash ? "/" : ""
    // By bytes: a slash and a combining mark behind it are one character.
    for part in path.utf8.split(separator: slash) {
      current += (current.isEmpty || current == "/" ? "" : "/") + String(Substring(part))
      guard mkdir(FileName.systemName(current), 0o777) != 0 else { continue }
      guard errno == EEXIST else { throw OpenFile.failure(current) }
      var status = stat()
      guard stat(FileName.systemName(current), &status) == 0 else {
        throw OpenFile.failure(current)
      }
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw FileError(path: current, reason: "this is a file, not a folder")
      }
    }
  }
}
