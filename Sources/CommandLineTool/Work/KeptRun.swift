import CTerminalGuard
import RunDatabase
package import ScoreLab

/// A run that is kept, on its way to be trained again.
package struct KeptRun {
  let database: RunDatabase
  let summary: RunSummary
  package let record: RunRecord

  /// Finds a run.
  ///
  /// - Parameters:
  ///   - choice: The run.
  ///   - store: Where it is.
  /// - Throws: What is wrong with the store, or the run that was probably meant.
  package init(_ choice: RunChoice, in store: StoreChoice) throws {
    guard let database = try store.openToRead() else {
      throw Failure.Usage("no run is kept in \(store.folder ?? "memory").")
    }
    summary = try choice.find(among: try database.summaries())
    guard let record = try database.record(summary.id) else {
      throw Failure.Failed(message: "the run \(summary.name) was deleted meanwhile")
    }
    self.database = database
    self.record = record
  }

  /// Warns where the bits of before cannot be promised.
  package func warnOfDifferences() {
    guard let difference = StoreChoice.origin.difference(from: summary.origin) else { return }
    printWarnings(["the same bits cannot be promised: \(difference)"])
  }

  /// The weights at the end of the run, which is trained again as far as no state of it is kept.
  ///
  /// - Parameter threads: How many threads a step may use.
  /// - Returns: The weights with all that is needed to use them.
  /// - Throws: What is wrong with the store, the distribution or its data file, or
  ///   ``Failure/Interrupted``.
  package func weights(threads: Int) throws -> WeightsFile {
    warnOfDifferences()
    sf_watch_interrupts()
    let checkpoint = try database.checkpoint(onTheWayTo: record.tip) { printWarnings([$0]) }
    return WeightsFile(of: try session(at: record.tip, from: checkpoint, threads: threads))
  }

  /// Brings a session to a place of the run.
  ///
  /// - Parameters:
  ///   - place: The place.
  ///   - checkpoint: Where to begin; the start of the run without one.
  ///   - threads: How many threads a step may use.
  /// - Returns: The session there.
  /// - Throws: What is wrong with the distribution or its data file, or ``Failure/Interrupted``.
  func session(at place: RunPlace, from checkpoint: Checkpoint?, threads: Int) throws -> Session {
    let log = record.log
    var session = try Session(
      configuration: log.start, dataSource: DataFile(), threads: threads)
    if let checkpoint { session.restore(checkpoint, of: log) }
    var line = ProgressLine(on: .errors)
    let (start, first) = (ContinuousClock.now, session.executedSteps)
    let goal = (executedSteps: place.executedSteps, entries: place.entries)
    while session.replayStep(of: log, to: goal) {
      let elapsed = (ContinuousClock.now - start) / .seconds(1)
      line.show(
        done: session.executedSteps, of: place.executedSteps, note: "again",
        stepsPerSecond: Double(session.executedSteps - first) / max(1e-9, elapsed))
      try line.stopIfInterrupted(at: "step \(session.executedSteps)")
    }
    line.clear()
    return session
  }
}

/// A run that is trained on from its end.
package struct ResumeTask {
  package var choice: RunChoice
  package var store: StoreChoice
  /// How many steps more.
  package var steps: Int
  package var every: Int?
  package var threads: Int
  package var form: TrainPrinter.Form

  package init(
    choice: RunChoice, store: StoreChoice, steps: Int, every: Int?, threads: Int,
    form: TrainPrinter.Form
  ) {
    self.choice = choice
    self.store = store
    self.steps = steps
    self.every = every
    self.threads = threads
    self.form = form
  }

  /// Trains and records the run as if it had never stopped.
  ///
  /// - Throws: What is wrong with the store, the run or its data, a divergence, or
  ///   ``Failure/Interrupted``.
  package func run() throws {
    let kept = try KeptRun(choice, in: store)
    // What another program is writing is refused before anything is trained.
    _ = try kept.database.lock(kept.record.id)
    kept.warnOfDifferences()
    sf_watch_interrupts()
    let checkpoint = try kept.database.checkpoint(onTheWayTo: kept.record.tip) {
      printWarnings([$0])
    }
    var session = try kept.session(at: kept.record.tip, from: checkpoint, threads: threads)
    session.resumeAfterDivergence()
    let task = TrainTask(
      configuration: session.configuration, steps: session.step + steps, every: every,
      threads: threads, export: nil, exportedSteps: [], form: form, kl: false, store: store)
    let written = try DatabaseRunStore(kept.database)
    try task.train(session) { _ in Recording(kept.record, in: written) }
  }
}

/// A run that is trained again from its log, to see whether it gives the same bits.
package struct ReplayTask {
  package var choice: RunChoice
  package var store: StoreChoice
  package var threads: Int

  package init(choice: RunChoice, store: StoreChoice, threads: Int) {
    self.choice = choice
    self.store = store
    self.threads = threads
  }

  /// Trains the run from its start and compares the weights with those that were kept.
  ///
  /// - Throws: ``Failure/Failed`` where they differ, with what else does; what is wrong with the store,
  ///   the run or its data; or ``Failure/Interrupted``.
  package func run() throws {
    let kept = try KeptRun(choice, in: store)
    let name = kept.summary.name
    guard let digest = kept.summary.digest else {
      throw Failure.Failed(message: "of \(name) no digest was kept")
    }
    kept.warnOfDifferences()
    sf_watch_interrupts()
    let session = try kept.session(at: digest.place, from: nil, threads: threads)
    let found = session.checkpoint.digest
    guard found == digest.text else {
      let reason = StoreChoice.origin.difference(from: kept.summary.origin)
      throw Failure.Failed(
        message: "\(name): other bits at step \(session.step): digest \(found), kept \(digest.text)"
          + (reason.map { "; \($0)" } ?? ""))
    }
    try StandardOutput.print("\(name): the same bits at step \(session.step), digest \(found)")
  }
}
