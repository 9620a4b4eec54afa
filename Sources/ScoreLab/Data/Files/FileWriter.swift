import Glibc
import OutsideText

/// Writes whole files so that a reader sees the old contents or the new, never a part.
public enum FileWriter {
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
    var file = try PendingFile(path)
    try file.append(bytes)
    try file.synchronize()
    try file.commit()
  }

  /// The same, and waits until the disk has the new name too, so that a power cut cannot bring the old
  /// file back.
  ///
  /// - Throws: ``FileError``; where it is of the folder, the file has its name and may lose it again.
  package static func writeDurably(_ bytes: [UInt8], to path: String) throws(FileError) {
    try writeAtomically(bytes, to: path)
    try Folder.synchronize(FileName.folder(of: path))
  }

  /// Takes a file away, if there is one.
  ///
  /// - Throws: ``FileError``.
  package static func remove(_ path: String) throws(FileError) {
    guard unlink(FileName.systemName(path)) != 0, errno != ENOENT else { return }
    throw OpenFile.failure(path)
  }

  /// Removes from a folder what programs have left that were killed.
  package static func clearLeftovers(in folder: String) {
    Leftovers.clear(nextTo: folder + "/.")
  }

  /// Finds out whether a file of this name could be written, and leaves nothing behind.
  ///
  /// - Throws: ``FileError``, what writing would have thrown.
  public static func check(_ path: String) throws(FileError) {
    _ = try PendingFile(path)
  }
}
