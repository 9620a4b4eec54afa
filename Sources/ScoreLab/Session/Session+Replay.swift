public import ScoreCore

extension Session {
  /// The state now, from which the run goes on to the same bits.
  public var checkpoint: Checkpoint {
    // The next step begins by putting the candidate in the place of the good state.
    let isReplacedNext = isRenewalDue && isGood
    return Checkpoint(
      executedSteps: executedSteps, entries: log.entries.count,
      state: Checkpoint.GoodState(training: training.state, history: history), edits: edits,
      markOrigin: markOrigin, divergence: divergence, good: isReplacedNext ? candidate : good,
      candidate: candidate, isGood: isGood, best: best)
  }

  /// Goes to a checkpoint of a run; what was measured of weights is forgotten.
  ///
  /// - Parameters:
  ///   - checkpoint: A state of the run.
  ///   - log: The run's log, that far or further.
  /// - Precondition: The run's start needs no restart compared to this session's.
  public mutating func restore(_ checkpoint: Checkpoint, of log: RunLog) {
    precondition(
      !log.start.requiresRestart(comparedTo: self.log.start)
        && checkpoint.state.training.parameters.count == parameters.count,
      "A checkpoint is restored in a session of the same network and data.")
    self.log = log.prefix(checkpoint.entries)
    takeOver(log.configuration(after: checkpoint.entries))
    training.state = checkpoint.state.training
    history = checkpoint.state.history
    executedSteps = checkpoint.executedSteps
    edits = checkpoint.edits
    markOrigin = checkpoint.markOrigin
    divergence = checkpoint.divergence
    good = checkpoint.good
    candidate = checkpoint.candidate
    isGood = checkpoint.isGood
    best = checkpoint.best
    // All steps of this run come after this one.
    scheduler.rollBack(toStep: -1)
  }

  /// Takes the next step of a log that this session has followed so far, after the entries that are
  /// due before it.
  ///
  /// - Parameters:
  ///   - other: The log; its first entries are those of this session.
  ///   - place: Where to stop, after so many steps and entries.
  /// - Returns: False when the place was reached before.
  package mutating func replayStep(
    of other: RunLog, to place: (executedSteps: Int, entries: Int)
  ) -> Bool {
    var entries = other.entries.prefix(place.entries).dropFirst(log.entries.count)
    makeDueEdits(&entries)
    guard executedSteps < place.executedSteps, divergence == nil else { return false }
    _ = trainStep()
    return true
  }

  /// Makes the edits that are due before the next step, and takes them from those that are to come.
  ///
  /// - Parameter entries: Edits in order of their steps.
  public mutating func makeDueEdits(_ entries: inout ArraySlice<RunLog.Entry>) {
    while let entry = entries.first, entry.executedSteps <= executedSteps {
      entries.removeFirst()
      switch entry.action {
      case .configure(let configuration): configure(configuration)
      case .resumeAfterDivergence: resumeAfterDivergence()
      }
    }
  }

  /// Runs a log again, to as many executed steps.
  ///
  /// - Parameters:
  ///   - log: What was done to the first run.
  ///   - executedSteps: How far to go.
  ///   - checkpoint: Where to begin; the start of the run without one.
  ///   - dataSource: Reads the files that distributions are made from.
  ///   - threads: How many threads a step may use.
  /// - Returns: A session with the same bits as the first one had then.
  /// - Throws: What is wrong with the distribution's parameters or its data file.
  public static func replay(
    _ log: RunLog, executedSteps: Int, from checkpoint: Checkpoint? = nil,
    dataSource: any DataSource, threads: Int = Parallel.defaultThreads
  ) throws -> Session {
    var session = try Session(
      configuration: log.start, dataSource: dataSource, threads: threads)
    if let checkpoint { session.restore(checkpoint, of: log) }
    while session.replayStep(of: log, to: (executedSteps, log.entries.count)) {}
    return session
  }
}
