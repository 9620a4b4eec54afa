import Glibc

/// A descriptor that an event loop waits for.
package struct PolledDescriptor {
  package let descriptor: Int32

  package init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Whether it is readable, or becomes so within a time.
  package func isReadable(milliseconds: Int32) -> Bool {
    var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&wait, 1, milliseconds) > 0
  }

  /// Reads it empty, as an event loop does, and counts the bytes.
  @discardableResult
  package func drain() -> Int {
    var byte: UInt8 = 0
    var count = 0
    while read(descriptor, &byte, 1) == 1 { count += 1 }
    return count
  }
}
