import Glibc
import OutsideText

/// An open file that closes itself; every call to the system that takes a pointer lives here.
struct OpenFile: ~Copyable {
  /// How many bytes are read at once.
  private static let pieceSize = 1 << 20

  let path: String
  let descriptor: Int32

  /// Opens a file for reading.
  init(reading path: String) throws(FileError) {
    // A named pipe without a writer would block for ever; O_NONBLOCK returns at once.
    descriptor = try OpenFile.open(path, flags: O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    self.path = path
  }

  /// Creates a file; nil when there is one of this name.
  init?(creating path: String) throws(FileError) {
    do throws(FileError) {
      descriptor = try OpenFile.open(path, flags: O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
    } catch {
      if errno == EEXIST { return nil }
      throw error
    }
    self.path = path
  }

  /// Opens a file to lock it, and makes it where it is missing.
  init(locking path: String) throws(FileError) {
    descriptor = try OpenFile.open(path, flags: O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC)
    self.path = path
  }

  /// Opens what another program may have left, in whatever way its permissions allow.
  init(leftBehind path: String) throws(FileError) {
    self.path = path
    let flags = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    for mode in [O_RDWR, O_RDONLY] {
      if let descriptor = try? OpenFile.open(path, flags: mode | flags) {
        self.descriptor = descriptor
        return
      }
    }
    descriptor = try OpenFile.open(path, flags: O_WRONLY | flags)
  }

  static func open(_ path: String, flags: Int32) throws(FileError) -> Int32 {
    try checkName(path)
    let descriptor = Glibc.open(FileName.systemName(path), flags, 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    return descriptor
  }

  /// Whether there is anything under a name.
  static func exists(_ path: String) -> Bool { access(FileName.systemName(path), F_OK) == 0 }

  /// Refuses names the system would take for another one: it cuts them at the first NUL.
  static func checkName(_ path: String) throws(FileError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw FileError(path: path, reason: "this is not a file name")
    }
  }

  deinit { close(descriptor) }

  /// The last system error as an error of this path.
  static func failure(_ path: String) -> FileError {
    let code = errno
    var error = FileError(path: path, reason: String(cString: strerror(code)))
    error.isOfSystem = code != ENOENT
    return error
  }

  /// Refuses anything but a regular file.
  func checkKind() throws(FileError) { _ = try announcedSize() }

  /// The size of a regular file, in bytes.
  private func announcedSize() throws(FileError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw OpenFile.failure(path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return Int(status.st_size)
    case S_IFDIR: throw FileError(path: path, reason: "this is a folder, not a file")
    default: throw FileError(path: path, reason: "this is not a regular file")
    }
  }

  /// What is under a name now, to see later whether it is still the same; nil where there is nothing.
  static func stamp(of path: String) -> FileStamp? {
    var status = stat()
    guard stat(FileName.systemName(path), &status) == 0 else { return nil }
    return FileStamp(
      device: UInt64(status.st_dev), number: UInt64(status.st_ino), size: Int(status.st_size),
      seconds: Int(status.st_mtim.tv_sec), nanoseconds: Int(status.st_mtim.tv_nsec))
  }

  /// Reads a regular file to its end.
  ///
  /// - Parameters:
  ///   - limit: The most bytes.
  ///   - refusal: Given each piece as it is read, says why the file is no use; nil to go on.
  /// - Returns: All bytes.
  /// - Throws: ``FileError``, also when there are more than `limit` bytes.
  func readAll(
    limit: Int, refusal: (UnsafeRawBufferPointer) -> String? = { _ in nil }
  ) throws(FileError) -> [UInt8] {
    let announced = try announcedSize()
    let tooLong = FileError(path: path, reason: "longer than \(OpenFile.size(limit))")
    guard announced <= limit else { throw tooLong }
    try checkStart(refusal)
    var bytes: [UInt8] = []
    // Files of the proc tree announce no size, so there may be more.
    var room = announced + 1
    while true {
      let piece = try readPiece(room: room, refusal: refusal)
      if piece.isEmpty { return bytes }
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
      guard bytes.count <= limit else { throw tooLong }
      room = max(4096, bytes.count)
    }
  }

  /// Looks at the first bytes before room is made for all of them.
  private func checkStart(_ refusal: (UnsafeRawBufferPointer) -> String?) throws(FileError) {
    let reason = withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      let count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
      return count > 0 ? refusal(UnsafeRawBufferPointer(rebasing: buffer[..<count])) : nil
    }
    if let reason { throw FileError(path: path, reason: reason) }
  }

  /// Whether there is a NUL among bytes.
  static func holdsNUL(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
  }

  /// Reads until there is no room or no more; memory that is not needed is not touched.
  private func readPiece(
    room: Int, refusal: (UnsafeRawBufferPointer) -> String?
  ) throws(FileError) -> [UInt8] {
    var failure: FileError?
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, used in
      while used < room {
        guard let first = buffer.baseAddress else { break }
        let start = UnsafeMutableRawPointer(first + used)
        let count = read(descriptor, start, min(room - used, OpenFile.pieceSize))
        if count < 0 && errno == EINTR { continue }
        if count < 0 { failure = OpenFile.failure(path) }
        if count > 0, let reason = refusal(UnsafeRawBufferPointer(start: start, count: count)) {
          failure = FileError(path: path, reason: reason)
        }
        guard count > 0, failure == nil else { break }
        used += count
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Writes all bytes behind those written before.
  func append(_ bytes: [UInt8]) throws(FileError) {
    var used = 0
    while used < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        write(descriptor, buffer.baseAddress?.advanced(by: used), bytes.count - used)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw OpenFile.failure(path) }
      used += count
    }
  }

  /// Waits until the disk has everything.
  func synchronize() throws(FileError) {
    guard fsync(descriptor) == 0 else { throw OpenFile.failure(path) }
  }

  /// Gives the file the permissions of another one, if that exists.
  func copyPermissions(from other: String) {
    var status = stat()
    // A failure here leaves the file readable as any new file is, which is good enough.
    if stat(FileName.systemName(other), &status) == 0 {
      _ = fchmod(descriptor, status.st_mode & 0o777)
    }
  }

  /// A number of bytes in words, in the largest unit that it is whole in.
  static func size(_ bytes: Int) -> String {
    for (unit, name) in [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
    where bytes >= unit && bytes % unit == 0 {
      return "\(bytes / unit) \(name)"
    }
    return "\(bytes) bytes"
  }
}
