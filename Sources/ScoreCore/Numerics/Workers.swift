import Synchronization

/// The threads that share the work of one caller: its own and those that help it.
///
/// They are passed down: all that is called inside ``use(_:)`` has its work done by them, and by no
/// others. Each value has helpers of its own, so callers on several threads do not wait for one another,
/// and those of a thread of low priority have that priority too. The number changes the time
/// and never a bit.
public struct Workers: Sendable {
  /// The workers of what is called here.
  ///
  /// Those given by the nearest ``use(_:)`` around it, else one for each processor that this process may
  /// use. A helper works alone.
  @TaskLocal static var current = Workers(ProcessorCount.available)

  /// How many threads work, the caller's included.
  public let count: Int
  private let helpers: Helpers?

  /// Takes so many, at least one.
  ///
  /// Helpers start with the first work, as threads of the caller's priority, and sleep while there is
  /// none.
  public init(_ count: Int) {
    precondition(count >= 1, "The caller works too.")
    self.count = count
    helpers = count > 1 ? Helpers(count - 1) : nil
  }

  /// As many as are asked for, but no more than there are processors.
  public static func upTo(_ threads: Int) -> Workers {
    Workers(max(1, min(threads, ProcessorCount.available)))
  }

  /// Calls `body`, for which these do the work.
  public func use<Result>(_ body: () throws -> Result) rethrows -> Result {
    try Workers.$current.withValue(self, operation: body)
  }

  /// Calls `body` for every iteration, on this thread and on helpers that are free.
  ///
  /// While they work for a caller further up, all is done here.
  func perform(_ iterations: Int, _ body: (Int) -> Void) {
    guard let helpers else {
      for index in 0..<iterations { body(index) }
      return
    }
    helpers.pool.perform(iterations, body)
  }

  /// The same without making anything on the heap: see ``WorkerPool``.
  func perform(
    count: Int, threads: Int, context: UnsafeRawPointer, _ body: @escaping WorkerPool.Body
  ) {
    guard let helpers else {
      for index in 0..<count { body(context, index) }
      return
    }
    helpers.pool.perform(count: count, threads: threads, context: context, body)
  }

  /// A pool that is made when it is first used; its threads end when nobody has these workers any more.
  private final class Helpers: Sendable {
    private let count: Int
    private let started = Mutex<WorkerPool?>(nil)

    init(_ count: Int) { self.count = count }

    // The threads hold on to the pool themselves.
    deinit { started.withLock { $0?.end() } }

    var pool: WorkerPool {
      started.withLock { started in
        let pool = started ?? WorkerPool(workers: count)
        started = pool
        return pool
      }
    }
  }
}
