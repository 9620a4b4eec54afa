/// Runs pieces of work on several of the ``Workers`` that are passed down.
///
/// Every use writes to places of its own and sums in a fixed order afterwards, so the number of
/// threads changes the time and never a bit.
public enum Parallel {
  /// The number of threads used unless told otherwise: the processors this process may use.
  public static let defaultThreads = ProcessorCount.available

  /// Calls `work` once for each index, index `i` on thread `i % threads`, and waits for all.
  public static func perform(_ count: Int, threads: Int, _ work: (Int) -> Void) {
    let threads = min(threads, count)
    guard threads > 1 else {
      for index in 0..<count { work(index) }
      return
    }
    Workers.current.perform(threads) { thread in
      for index in stride(from: thread, to: count, by: threads) { work(index) }
    }
  }

  /// The same without making anything on the heap: see ``WorkerPool``.
  static func perform<Context>(
    _ count: Int, threads: Int, on context: UnsafePointer<Context>,
    _ work: @escaping WorkerPool.Body
  ) {
    Workers.current.perform(
      count: count, threads: min(threads, count), context: context, work)
  }
}
