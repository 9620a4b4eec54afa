import Dispatch
import Synchronization

/// Commands on their way to a thread, in order.
///
/// A thread may be busy for seconds while keys are held down, so what a later command undoes need not be
/// done, and no more than ``capacity`` wait: then the newest takes the place of the last.
package final class CommandQueue<Command: Sendable>: Sendable {
  /// A command with the weight of those it took the place of.
  package struct Order: Sendable {
    package var command: Command
    package var weight: Int
  }

  /// The most commands that wait; a thousand key presses that nobody has seen an answer to.
  package static var capacity: Int { 1000 }

  private let orders = Mutex<[Order]>([])
  private let arrivals = DispatchSemaphore(value: 0)

  package init() {}

  /// Adds a command at the end.
  ///
  /// - Parameters:
  ///   - command: What to do.
  ///   - weight: What the taker counts of it.
  ///   - undoes: Whether a command that waits last need not be done before this one.
  package func append(
    _ command: Command, weight: Int = 1, undoing undoes: (Command) -> Bool = { _ in false }
  ) {
    orders.withLock { orders in
      var order = Order(command: command, weight: weight)
      while let last = orders.last, orders.count >= Self.capacity || undoes(last.command) {
        order.weight += last.weight
        orders.removeLast()
      }
      orders.append(order)
    }
    arrivals.signal()
  }

  /// All waiting commands, without blocking.
  package func takeAll() -> [Order] {
    orders.withLock { orders in
      defer { orders.removeAll() }
      return orders
    }
  }

  /// Blocks until a command waits or the time is over.
  package func wait(atMost seconds: Double) {
    guard orders.withLock({ $0.isEmpty }) else { return }
    _ = arrivals.wait(timeout: .now() + seconds)
  }

  /// Blocks, without waking in between, until a command waits.
  package func wait() {
    while orders.withLock({ $0.isEmpty }) { arrivals.wait() }
  }
}
