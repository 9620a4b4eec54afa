import Glibc

/// A pipe that wakes whoever polls it; mailboxes may share one.
public final class Doorbell: Sendable {
  /// Readable once it was rung; whoever is woken reads it empty.
  public let descriptor: Int32
  private let bell: Int32

  public init() {
    var ends: [Int32] = [-1, -1]
    precondition(pipe(&ends) == 0, "The system could not open a pipe.")
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (descriptor, bell) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(bell)
  }

  package func ring() {
    var byte: UInt8 = 1
    _ = write(bell, &byte, 1)
  }
}
