import CTerminalGuard
import Glibc

/// What another thread raises to tell the event loop that there is news.
///
/// Raising it many times before the loop looks is one event. It lives as long as the program.
public struct WakeSignal: Sendable {
  /// For a program's `wakeDescriptor`; -1 when the system has no descriptor left.
  public let descriptor: Int32

  public init() { descriptor = sf_event_descriptor() }

  /// Wakes the loop; safe from any thread, and never waits.
  public func raise() {
    var one: UInt64 = 1
    _ = write(descriptor, &one, MemoryLayout.size(ofValue: one))
  }
}
