import Glibc

/// Folders for results.
public enum Folder {
  /// Makes a folder and those above it, where they are missing.
  ///
  /// - Throws: ``FileError`` naming the part that could not be made or is no folder.
  public static func create(_ path: String) throws(FileError) {
    try OpenFile.checkName(path)
    var current = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      current += (current.isEmpty || current.hasSuffix("/") ? "" : "/") + part
      guard mkdir(current, 0o777) != 0 else { continue }
      guard errno == EEXIST else { throw OpenFile.failure(current) }
      var status = stat()
      guard stat(current, &status) == 0 else { throw OpenFile.failure(current) }
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw FileError(path: current, reason: "this is a file, not a folder")
      }
    }
  }
}
