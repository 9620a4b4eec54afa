import CVectorKernels
import Dispatch
import Synchronization

/// Threads that help the caller of ``Workers``, and sleep without waking in between.
///
/// Dispatch's own pool is not used: once it has worked, its monitor wakes every second for ever,
/// and a paused workbench must not.
final class WorkerPool: Sendable {
  /// What to do at an index with what lies at the pointer.
  typealias Body = @Sendable (UnsafeRawPointer, Int) -> Void

  /// Work on its way to the workers.
  ///
  /// Unchecked because whoever asks for it does not return before every worker that took the job
  /// has finished with it.
  private struct Job: @unchecked Sendable {
    /// Index `i` belongs to the thread that takes number `i % threads`.
    let count: Int
    let threads: Int
    let context: UnsafeRawPointer
    let body: Body
  }

  private struct Desk {
    var job: Job?
    /// How many workers took the job.
    var joined = 0
  }

  private let workers: Int
  private let desk = Mutex(Desk())
  private let isTaken = Atomic(false)
  private let nextNumber = Atomic(0)
  private let generation = Atomic(0)
  private let finished = Atomic(0)
  private let isEnded = Atomic(false)
  private let starts: [DispatchSemaphore]
  private let ends = DispatchSemaphore(value: 0)

  /// Starts the threads.
  init(workers: Int) {
    self.workers = workers
    starts = (0..<workers).map { _ in DispatchSemaphore(value: 0) }
    for worker in 0..<workers {
      // Who could not be started does not come, and who does not come is not waited for.
      try? DetachedThread.start { [self] in
        // What a worker calls has no others to share with.
        Workers(1).use { serve(worker) }
      }
    }
  }

  /// Lets the threads end once they have no work.
  func end() {
    isEnded.store(true, ordering: .releasing)
    for start in starts { start.signal() }
  }

  /// Calls `body` for every iteration, on this thread and on those that are free.
  ///
  /// While the pool works for a caller further up, all is done here.
  func perform(_ iterations: Int, _ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      withUnsafePointer(to: body) { pointer in
        perform(count: iterations, threads: iterations, context: pointer) { context, index in
          context.assumingMemoryBound(to: ((Int) -> Void).self).pointee(index)
        }
      }
    }
  }

  /// The same without making anything on the heap, for work that recurs thousands of times a
  /// second: a closure that captures nothing, and a pointer to what it needs.
  func perform(count: Int, threads: Int, context: UnsafeRawPointer, _ body: @escaping Body) {
    let job = Job(count: count, threads: threads, context: context, body: body)
    guard workers > 0, threads > 1,
      isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
    else {
      for index in 0..<count { body(context, index) }
      return
    }
    nextNumber.store(0, ordering: .relaxed)
    finished.store(0, ordering: .relaxed)
    desk.withLock { $0 = Desk(job: job) }
    generation.add(1, ordering: .releasing)
    for start in starts.prefix(threads - 1) { start.signal() }
    work(on: job)
    // Who has not come by now is not waited for.
    let joined = desk.withLock { desk in
      desk.job = nil
      return desk.joined
    }
    spin { finished.load(ordering: .acquiring) == joined }
    for _ in 0..<joined { ends.wait() }
    isTaken.store(false, ordering: .releasing)
  }

  private func work(on job: Job) {
    while true {
      let number = nextNumber.add(1, ordering: .relaxed).oldValue
      guard number < job.threads else { return }
      for index in stride(from: number, to: job.count, by: job.threads) {
        job.body(job.context, index)
      }
    }
  }

  private func serve(_ worker: Int) {
    var seen = 0
    while true {
      // The next job of a training step comes within microseconds; sleeping would cost more.
      spin { generation.load(ordering: .relaxed) != seen }
      starts[worker].wait()
      if isEnded.load(ordering: .acquiring) { return }
      seen = generation.load(ordering: .acquiring)
      guard help() else { continue }
      finished.add(1, ordering: .releasing)
      ends.signal()
    }
  }

  /// Takes part in the open job; false when there is none.
  ///
  /// A function of its own, so that the job's closure is let go before its end is announced:
  /// ``perform(_:_:)`` checks that nobody holds on to it.
  @inline(never)
  private func help() -> Bool {
    let job = desk.withLock { desk in
      if desk.job != nil { desk.joined += 1 }
      return desk.job
    }
    guard let job else { return false }
    work(on: job)
    return true
  }

  /// Looks at a condition for about 100 us and gives up.
  ///
  /// That is longer than the pieces of a training step and shorter than anyone would notice;
  /// going to sleep and being woken takes half as long.
  private func spin(until holds: () -> Bool) {
    for _ in 0..<4000 {
      if holds() { return }
      sf_pause()
    }
  }
}
