import CTerminalGuard
import Glibc
package import ScoreCore
import Synchronization

/// Ends an interrupted command within a time, whatever it is busy with.
///
/// The first Ctrl-C (or SIGTERM) gives the command that long to come to an end of its own; then, or
/// at a second one, a thread says what is known and ends the process with status 130.
package final class InterruptWatch: Sendable {
  private let isEnding = Atomic(false)

  /// Starts watching.
  ///
  /// - Parameters:
  ///   - patience: Milliseconds for the command's own end; 0 for a command with nothing to finish.
  ///   - lastWords: What goes to standard output before the end.
  /// - Throws: ``ThreadError``.
  package init(
    patience: Int32, lastWords: @escaping @Sendable () -> String
  ) throws(ThreadError) {
    let descriptor = sf_interrupt_descriptor()
    guard descriptor >= 0 else { throw ThreadError(code: errno) }
    try DetachedThread.start { [self] in
      Self.wait(for: descriptor, milliseconds: -1)
      if patience > 0 { Self.wait(for: descriptor, milliseconds: patience) }
      guard claimEnd() else { return }
      StandardOutput.printLast(lastWords())
      _exit(130)
    }
  }

  /// Reserves the end for the command itself; comes back only if the process is not ending already.
  package func reserveEnd() {
    guard !claimEnd() else { return }
    while true { pause() }
  }

  private func claimEnd() -> Bool {
    isEnding.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged
  }

  /// Waits until a signal arrives, and takes it.
  private static func wait(for descriptor: Int32, milliseconds: Int32) {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    var ready: Int32 = -1
    repeat { ready = poll(&waiting, 1, milliseconds) } while ready < 0 && errno == EINTR
    // With none to take, reading would wait for one.
    guard ready > 0 else { return }
    var count: UInt64 = 0
    _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
  }
}
