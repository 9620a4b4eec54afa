import Dispatch
import Glibc
import Synchronization

/// The newest value from another thread, and a descriptor that wakes whoever polls for it.
///
/// Publishing replaces what was not taken: neither side ever waits for the other.
public final class Mailbox<Value: Sendable>: Sendable {
  /// Readable when a value waits; whoever is woken reads it empty, then calls ``take()``.
  public let descriptor: Int32
  private let bell: Int32
  private let value = Mutex<Value?>(nil)

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

  public func publish(_ newValue: Value) {
    let wasEmpty = value.withLock { value in
      defer { value = newValue }
      return value == nil
    }
    // One byte a value taken, so the pipe never fills.
    if wasEmpty {
      var byte: UInt8 = 1
      _ = write(bell, &byte, 1)
    }
  }

  /// The newest value, once.
  public func take() -> Value? {
    value.withLock { value in
      defer { value = nil }
      return value
    }
  }
}

/// Commands on their way to a thread, in order.
final class CommandQueue<Command: Sendable>: Sendable {
  private let commands = Mutex<[Command]>([])
  private let arrivals = DispatchSemaphore(value: 0)

  func append(_ command: Command) {
    commands.withLock { $0.append(command) }
    arrivals.signal()
  }

  /// All waiting commands, without blocking.
  func takeAll() -> [Command] {
    commands.withLock { commands in
      defer { commands.removeAll() }
      return commands
    }
  }

  /// Blocks, without waking in between, until a command waits.
  func wait() {
    while commands.withLock({ $0.isEmpty }) { arrivals.wait() }
  }
}
