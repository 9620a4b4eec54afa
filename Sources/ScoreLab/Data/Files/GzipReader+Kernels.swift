import CZlib
import Glibc

/// Unpacks an open file that is compressed with gzip, in order; members that follow one another are one.
///
/// Source: RFC 1952; the zlib manual, `inflate`.
struct GzipReader: ~Copyable {
  private static let pieceSize = 1 << 18
  /// What zlib adds to the size of its window to expect gzip's header and check sum.
  private static let gzipWindow: Int32 = 15 + 16

  // zlib keeps the address of its stream, so neither may move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutablePointer<UInt8>
  private let descriptor: Int32
  private let path: String
  private var offset = 0
  private var isBetweenMembers = false

  /// Starts at the file's first byte.
  init(_ path: String, descriptor: Int32) throws(FileError) {
    self.path = path
    self.descriptor = descriptor
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(capacity: Self.pieceSize)
    let status = inflateInit2_(
      stream, Self.gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw FileError(path: path, reason: "no memory to unpack it") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  private func failure(_ reason: String) -> FileError { FileError(path: path, reason: reason) }

  /// Unpacks until the buffer is full or the file is at its end.
  ///
  /// - Returns: How many bytes there are in the buffer; fewer than it holds at the end alone.
  /// - Throws: ``FileError`` for a file that is cut off or damaged.
  mutating func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>) throws(FileError) -> Int {
    var used = 0
    while used < buffer.count {
      if stream.pointee.avail_in == 0 { try readInput() }
      if isBetweenMembers {
        guard try beginMember() else { return used }
      }
      guard stream.pointee.avail_in > 0 else {
        throw failure("the gzip data are cut off; copy or download the file again")
      }
      let room = min(buffer.count - used, Int(UInt32.max))
      stream.pointee.next_out = buffer.baseAddress.map { $0 + used }
      stream.pointee.avail_out = UInt32(room)
      let status = inflate(stream, Z_NO_FLUSH)
      used += room - Int(stream.pointee.avail_out)
      switch status {
      case Z_OK, Z_BUF_ERROR: continue
      case Z_STREAM_END: isBetweenMembers = true
      case Z_MEM_ERROR: throw failure("no memory to unpack it")
      default: throw failure("the gzip data are damaged; copy or download the file again")
      }
    }
    return used
  }

  private mutating func readInput() throws(FileError) {
    var count = 0
    repeat {
      count = pread(descriptor, input, Self.pieceSize, off_t(offset))
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw OpenFile.failure(path) }
    offset += count
    stream.pointee.next_in = input
    stream.pointee.avail_in = UInt32(count)
  }

  /// Makes ready for the member that follows.
  ///
  /// - Returns: False at the end of the file.
  private mutating func beginMember() throws(FileError) -> Bool {
    // Tapes and disks fill up with zeros, which gzip itself skips.
    while true {
      if stream.pointee.avail_in == 0 { try readInput() }
      guard stream.pointee.avail_in > 0, let next = stream.pointee.next_in else { return false }
      guard next.pointee == 0 else { break }
      stream.pointee.next_in = next + 1
      stream.pointee.avail_in -= 1
    }
    guard stream.pointee.next_in?.pointee == 0x1F, inflateReset(stream) == Z_OK else {
      throw failure("something that is not gzip follows the gzip data; copy the file again")
    }
    isBetweenMembers = false
    return true
  }
}

extension OpenFile {
  /// Reads a regular file to its end, and unpacks what is compressed with gzip.
  ///
  /// - Parameters:
  ///   - limit: The most bytes, unpacked.
  ///   - refusal: Given each piece of what is unpacked, says why the file is no use; nil to go on.
  /// - Returns: All bytes.
  /// - Throws: ``FileError``, also when there are more than `limit` bytes.
  func readUnpacked(
    limit: Int, refusal: (UnsafeRawBufferPointer) -> String? = { _ in nil }
  ) throws(FileError) -> [UInt8] {
    guard isGzip else { return try readAll(limit: limit, refusal: refusal) }
    try checkKind()
    let count = try countUnpacked(limit: limit, refusal: refusal)
    var reader = try GzipReader(path, descriptor: descriptor)
    var failure: FileError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      let whole = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
      do throws(FileError) {
        used = try reader.fill(whole)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    guard bytes.count == count else {
      throw FileError(path: path, reason: "the file changed while it was read; try again")
    }
    return bytes
  }

  private var isGzip: Bool {
    withUnsafeTemporaryAllocation(byteCount: 2, alignment: 1) { buffer in
      pread(descriptor, buffer.baseAddress, 2, 0) == 2 && buffer[0] == 0x1F && buffer[1] == 0x8B
    }
  }

  /// How long a file is when it is unpacked.
  ///
  /// It is unpacked twice, so that one which grows beyond the limit takes no memory, and one that does
  /// not takes its own size.
  private func countUnpacked(
    limit: Int, refusal: (UnsafeRawBufferPointer) -> String?
  ) throws(FileError) -> Int {
    var reader = try GzipReader(path, descriptor: descriptor)
    let piece = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 20)
    defer { piece.deallocate() }
    var count = 0
    while true {
      let used = try reader.fill(piece)
      count += used
      guard count <= limit else {
        throw FileError(path: path, reason: "unpacked, longer than \(OpenFile.size(limit))")
      }
      let unpacked = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: piece[..<used]))
      if used > 0, let reason = refusal(unpacked) { throw FileError(path: path, reason: reason) }
      if used < piece.count { return count }
    }
  }
}
