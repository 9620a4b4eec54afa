import Dispatch
internal import GRDB
import Glibc
import ScoreCore
import ScoreLab
import Synchronization

/// Writes what runs leave behind into a database, on a thread of its own.
///
/// Training hands over values and goes on. What waits is bounded: of each run the newest record, a few
/// checkpoints, and what was measured.
final class StoreWriter: Sendable {
  /// The most checkpoints of a run that wait; each takes as much memory as the run's state.
  private static let waitingCheckpoints = 4
  /// Writing may take this share of the time: a fiftieth.
  private static let share = 0.02

  /// What waits of one run.
  private struct Order {
    var record: RunRecord?
    var checkpoints: [Checkpoint] = []
    var measured = RunMeasurements()

    /// Adds what came later.
    mutating func append(_ later: Order, of run: RunID) {
      if let newer = later.record { record = newer }
      for checkpoint in later.checkpoints {
        let place = checkpoint.place(in: run)
        checkpoints.removeAll { $0.place(in: run) == place }
        checkpoints.append(checkpoint)
        if checkpoints.count > StoreWriter.waitingCheckpoints { checkpoints.removeFirst() }
      }
      measured.append(later.measured)
    }
  }

  private struct Orders {
    /// In the order of arrival, so that a run is there before its branches.
    var runs: [RunID] = []
    var orders: [RunID: Order] = [:]
    var waiting: [DispatchSemaphore] = []
    var isEnding = false
  }

  /// What the thread found out.
  private struct Findings {
    /// Why the last batch could not be written.
    var problem: String?
    /// What could not be read last.
    var unreadable: String?
    /// What the last checkpoint took.
    var seconds = 0.0
    var bytes = 0
  }

  private let database: RunDatabase
  private let budget: CheckpointBudget
  private let orders = Mutex(Orders())
  private let arrivals = DispatchSemaphore(value: 0)
  private let findings = Mutex(Findings())

  /// - Throws: ``ThreadError``.
  init(_ database: RunDatabase, budget: CheckpointBudget) throws(ThreadError) {
    self.database = database
    self.budget = budget
    try DetachedThread.start { [self] in
      // Training and the screen go first.
      _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
      var session = WritingSession(database, budget: budget)
      // What could not be written: what was measured is given to nobody a second time.
      var missed: [RunID: Order] = [:]
      while let batch = take() { write(batch, &missed, &session) }
    }
  }

  /// Why something is missing in the database, or else what could not be read.
  var problem: String? { findings.withLock { $0.problem ?? $0.unreadable } }

  /// Whether what was handed over last is written.
  var isWriting: Bool { findings.withLock { $0.problem == nil } }

  /// Notes what could not be read.
  func report(_ problem: String) { findings.withLock { $0.unreadable = problem } }

  /// How many seconds to train between two saves.
  func interval(after seconds: Double) -> Double {
    findings.withLock { findings in
      max(
        1, findings.seconds / Self.share, seconds * Double(findings.bytes) / Double(budget.run))
    }
  }

  func save(
    _ run: RunID, record: RunRecord? = nil, checkpoint: Checkpoint? = nil,
    measured: RunMeasurements = RunMeasurements()
  ) {
    orders.withLock { orders in
      if orders.orders[run] == nil { orders.runs.append(run) }
      var order = orders.orders.removeValue(forKey: run) ?? Order()
      let checkpoints = checkpoint.map { [$0] } ?? []
      order.append(Order(record: record, checkpoints: checkpoints, measured: measured), of: run)
      orders.orders[run] = order
    }
    arrivals.signal()
  }

  /// Waits until everything that was handed over before is written.
  func flush() { wait { $0.isEnding } }

  /// Waits for the same and ends the thread; what is handed over later is lost.
  func end() {
    wait { orders in
      defer { orders.isEnding = true }
      return orders.isEnding
    }
  }

  /// - Parameter isOver: Asks whether nobody would answer, and may say that this is the last to ask.
  private func wait(unless isOver: (inout Orders) -> Bool) {
    let done = DispatchSemaphore(value: 0)
    let isOver = orders.withLock { orders in
      guard !isOver(&orders) else { return true }
      orders.waiting.append(done)
      return false
    }
    guard !isOver else { return }
    arrivals.signal()
    done.wait()
  }

  /// Blocks until there is something to do; nil at the end.
  private func take() -> Orders? {
    while true {
      let (batch, isOver) = orders.withLock { orders in
        let batch = orders
        orders = Orders(isEnding: batch.isEnding)
        return (batch, batch.isEnding && batch.runs.isEmpty && batch.waiting.isEmpty)
      }
      if isOver { return nil }
      if !batch.runs.isEmpty || !batch.waiting.isEmpty { return batch }
      arrivals.wait()
    }
  }

  private func write(
    _ batch: Orders, _ missed: inout [RunID: Order], _ session: inout WritingSession
  ) {
    let start = MonotonicClock.now
    var problem: String?
    var (count, bytes) = (0, 0)
    var runs = batch.runs
    // Nothing comes after the end, so what is missing is tried once more there.
    if batch.isEnding { runs += missed.keys.filter { !batch.runs.contains($0) } }
    for run in runs {
      var order = missed.removeValue(forKey: run) ?? Order()
      if let later = batch.orders[run] { order.append(later, of: run) }
      do throws(FileError) {
        let sizes = try session.write(
          run, record: order.record, checkpoints: order.checkpoints, measured: order.measured)
        count += sizes.count
        bytes = sizes.last ?? bytes
      } catch {
        problem = "\(error); training goes on, and what is missing is tried again"
        missed[run] = order
      }
    }
    if batch.isEnding { session.release() }
    let seconds = MonotonicClock.now - start
    findings.withLock { findings in
      if !runs.isEmpty { findings.problem = problem }
      if count > 0 { (findings.seconds, findings.bytes) = (seconds / Double(count), bytes) }
    }
    for done in batch.waiting { done.signal() }
  }
}
