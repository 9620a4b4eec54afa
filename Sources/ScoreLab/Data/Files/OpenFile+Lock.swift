import Glibc
import OutsideText

/// Locks that the system drops when their holder ends, however it ends.
extension OpenFile {
  enum Lock {
    case held
    case taken
    /// This file system keeps no locks.
    case impossible
  }

  /// Asks for the lock of the file, which belongs to this opening of it.
  ///
  /// - Parameter isShared: Whether others that ask for it shared may hold it too.
  /// - Returns: Whether it is held now.
  func lock(shared isShared: Bool = false) -> Lock {
    while flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0 {
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK: return .taken
      default: return .impossible
      }
    }
    return .held
  }

  /// Opens the folder of a file and waits until nobody else holds the lock of the folder itself.
  ///
  /// For moments only: after two seconds, and where the file system keeps no locks, it goes on
  /// without. Nil when the folder cannot be opened.
  init?(lockingFolderOf path: String) {
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) + "/." } ?? "."
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
    guard let descriptor = try? OpenFile.open(name, flags: flags) else { return nil }
    self.path = name
    self.descriptor = descriptor
    for _ in 0..<200 where lock() == .taken { usleep(10_000) }
  }

  /// Whether its name was taken away since it was opened.
  var isUnlinked: Bool {
    var status = stat()
    // Where it cannot be told, it is taken to be there: nobody else has made it, or holds its lock.
    guard fstat(descriptor, &status) == 0 else { return errno == ESTALE }
    return status.st_nlink == 0
  }

  /// Whether this is still what is to be found under its name, and a regular file.
  var isInPlace: Bool {
    var opened = stat()
    var found = stat()
    return fstat(descriptor, &opened) == 0 && lstat(FileName.systemName(path), &found) == 0
      && opened.st_mode & S_IFMT == S_IFREG
      && opened.st_dev == found.st_dev && opened.st_ino == found.st_ino
  }

  /// Takes the name away.
  func unlink() { _ = Glibc.unlink(FileName.systemName(path)) }

  /// Writes new contents in the place of the old.
  func replaceContents(_ bytes: [UInt8]) throws(FileError) {
    guard ftruncate(descriptor, 0) == 0 else { throw OpenFile.failure(path) }
    try append(bytes)
  }
}
