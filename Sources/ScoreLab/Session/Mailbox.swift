import Synchronization

/// The newest value from another thread, and a descriptor that wakes whoever polls for it.
///
/// Publishing replaces what was not taken: neither side ever waits for the other.
public final class Mailbox<Value: Sendable>: Sendable {
  private let doorbell: Doorbell
  private let value = Mutex<Value?>(nil)

  /// Makes an empty mailbox.
  ///
  /// - Parameter doorbell: What rings when a value comes; one of its own unless a loop that polls
  ///   one descriptor empties several mailboxes.
  public init(doorbell: Doorbell = Doorbell()) { self.doorbell = doorbell }

  /// Readable when a value waits; whoever is woken reads it empty, then calls ``take()``.
  public var descriptor: Int32 { doorbell.descriptor }

  public func publish(_ newValue: Value) {
    let wasEmpty = value.withLock { value in
      defer { value = newValue }
      return value == nil
    }
    // One byte a value taken, so the pipe never fills.
    if wasEmpty { doorbell.ring() }
  }

  /// The newest value, once.
  public func take() -> Value? {
    value.withLock { value in
      defer { value = nil }
      return value
    }
  }
}
