import Glibc

/// Bytes on their way to the terminal, written only as fast as it takes them.
struct OutputQueue {
  private var bytes: [UInt8] = []
  private var start = 0
  /// Where a frame is read to before it is queued; kept, so that frames allocate nothing.
  private var scratch: [UInt8] = []

  var isEmpty: Bool { start == bytes.count }

  mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }

  /// Moves a frame from a memory file to the end of the queue, and empties the file.
  mutating func appendAll(of file: Int32, count: Int) {
    if scratch.count < count { scratch = Array(repeating: 0, count: max(count, 1 << 16)) }
    let read = scratch.withUnsafeMutableBytes { pread(file, $0.baseAddress, count, 0) }
    let start = bytes.count
    bytes.append(contentsOf: scratch[0..<max(0, read)])
    ColorThrift.shorten(&bytes, from: start)
    OutputQueue.empty(file)
  }

  /// Throws away what a memory file holds.
  static func empty(_ file: Int32) {
    ftruncate(file, 0)
    lseek(file, 0, SEEK_SET)
  }

  /// Writes what the terminal takes now.
  ///
  /// - Returns: False when the terminal is gone.
  mutating func flush(to descriptor: Int32) -> Bool {
    while start < bytes.count {
      let written = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress?.advanced(by: start), $0.count - start)
      }
      if written > 0 {
        start += written
      } else if errno == EAGAIN {
        return true
      } else if errno != EINTR {
        drop()
        return false
      }
    }
    drop()
    return true
  }

  /// Forgets what was not written; the terminal may be left in the middle of a sequence.
  mutating func drop() {
    bytes.removeAll(keepingCapacity: true)
    start = 0
  }
}
