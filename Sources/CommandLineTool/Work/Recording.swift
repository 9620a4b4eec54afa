import RunDatabase
import ScoreLab

/// A run of the command line on its way into a store.
struct Recording {
  private let store: DatabaseRunStore
  private let run: RunID
  private var recorded: RecordedRun
  /// What was said of the store last.
  private var problem: String?

  /// Begins to record a session that has taken no step.
  init(_ session: Session, in store: DatabaseRunStore) {
    self.init(
      RunRecord(id: store.newID(), parent: nil, log: session.log, executedSteps: 0), in: store)
  }

  /// Goes on with a run that is kept, from its end.
  init(_ record: RunRecord, in store: DatabaseRunStore) {
    self.store = store
    run = record.id
    recorded = RecordedRun(record, in: store)
  }

  mutating func stepTaken(_ session: Session) {
    recorded.stepTaken(session)
    warn()
  }

  mutating func measured(_ session: Session) { recorded.measured(session) }

  /// Saves the end, waits until it is kept and gives the run free.
  ///
  /// - Returns: What the run is called; nil where it is not kept.
  mutating func finish(_ session: Session) -> String? {
    recorded.finish(session)
    store.close()
    warn()
    return try? store.database.name(of: run)
  }

  /// Saves how the run stands before something that may take long.
  mutating func save(_ session: Session) { recorded.finish(session) }

  /// Says once what is wrong with the store.
  private mutating func warn() {
    let now = store.problem
    guard now != problem else { return }
    problem = now
    if let now { printWarnings([now]) }
  }
}
