import ScoreCore

/// The runs of a session thread: the session at the head, the tree that it stands in, and the way
/// back.
///
/// A run grows at its tip alone. Trained or changed at an earlier place it goes on as a branch, so
/// that nothing that was done is lost.
struct LiveRuns {
  private(set) var session: Session
  private(set) var tree: RunTree
  /// Counts moves of the head other than by training, so that a view can see it.
  private(set) var generation = 0
  private let store: any RunStore
  private let makeSession: (RunConfiguration) throws -> Session
  /// Where the head was before each edit, restart and move.
  private var earlier: [RunPlace] = []
  /// Where the head was before each undo since the last edit, restart or opening.
  private var later: [RunPlace] = []
  /// Where a replay under way goes.
  private var goal: RunPlace?
  private var isAtTip = true
  /// Whether the head was trained or changed since it came to its run.
  private var hasGrown = false
  private var recorder: RunRecorder

  /// Starts a run with a session that has taken no step, next to the runs of a store.
  init(
    _ session: Session, store: any RunStore,
    makeSession: @escaping (RunConfiguration) throws -> Session
  ) {
    self.session = session
    self.store = store
    self.makeSession = makeSession
    tree = RunTree()
    recorder = RunRecorder(store)
    store.save(tree.start(session.log, as: store.newID()))
  }

  /// The head's place.
  var place: RunPlace? {
    tree.head.map {
      RunPlace(
        run: $0, executedSteps: session.executedSteps, entries: session.log.entries.count)
    }
  }

  /// Whether steps are taken again to come to a place; training is not what they are.
  var isReplaying: Bool { goal != nil }

  var canUndo: Bool { !earlier.isEmpty }

  var canRedo: Bool { !later.isEmpty }

  /// Whether the runs are there when the program has ended.
  var outliveProgram: Bool { store.outlivesProgram }

  /// Why something is not kept, in one line; nil while all is well.
  var storeProblem: String? { store.problem }

  /// Works on the session without training or changing its run.
  mutating func withSession(_ body: (inout Session) -> Void) { body(&session) }

  /// Takes one training step.
  mutating func trainStep() {
    grow()
    _ = session.trainStep()
    if recorder.isDue(session) { saveProgress() }
  }

  /// Lets a diverged run go on from its last good state.
  mutating func resumeAfterDivergence() {
    guard session.divergence != nil else { return }
    grow()
    session.resumeAfterDivergence()
  }

  /// Changes fields that act live, as a new entry of the log.
  mutating func configure(_ configuration: RunConfiguration) {
    guard configuration != session.configuration, let place else { return }
    store.save(session.checkpoint, of: place.run)
    grow()
    note(place)
    session.configure(configuration)
    keepHead()
  }

  /// Starts a run anew, a sibling of the root of this one.
  ///
  /// - Throws: Why there can be no such session; then nothing has changed.
  mutating func restart(_ configuration: RunConfiguration) throws {
    let new = try makeSession(configuration)
    guard let place else { return }
    leave()
    note(place)
    session = new
    (goal, isAtTip, hasGrown) = (nil, true, false)
    generation += 1
    recorder = RunRecorder(store)
    store.save(tree.start(session.log, as: store.newID()))
  }

  /// Moves the head to where it was before the last edit, restart or move.
  ///
  /// - Returns: False when there is nothing to undo.
  /// - Throws: Why the place cannot be reached; then nothing has changed.
  mutating func undo() throws -> Bool {
    guard let place = earlier.last, let present = self.place else { return false }
    try move(to: place)
    earlier.removeLast()
    later.append(present)
    return true
  }

  /// Moves the head to where it was before the last undo.
  ///
  /// - Returns: False when nothing was undone since the last edit, restart or opening.
  /// - Throws: Why the place cannot be reached; then nothing has changed.
  mutating func redo() throws -> Bool {
    guard let place = later.last, let present = self.place else { return false }
    try move(to: place)
    later.removeLast()
    earlier.append(present)
    return true
  }

  /// Notes where the head was before an edit, a restart or an opening.
  private mutating func note(_ place: RunPlace) {
    earlier.append(place)
    later.removeAll()
  }

  /// Moves the head to the tip of a run.
  ///
  /// - Returns: False when there is no such run.
  /// - Throws: Why it cannot be reached; then nothing has changed.
  mutating func open(_ run: RunID) throws -> Bool {
    try load(run)
    guard let record = tree[run], let place else { return false }
    keepTip()
    try move(to: tree[run]?.tip ?? record.tip)
    note(place)
    return true
  }

  /// Goes to the tip of a run that is kept before anything was done, so that there is nothing to undo.
  ///
  /// - Throws: Why it cannot be reached.
  mutating func begin(with run: RunID) throws {
    _ = try open(run)
    earlier.removeAll()
  }

  /// Takes a run that is kept and those that it goes on from onto the tree.
  private mutating func load(_ run: RunID) throws(FileError) {
    var next: RunID? = run
    while let run = next, tree[run] == nil, let record = try store.record(run) {
      tree.add(record)
      next = record.parent?.run
    }
  }

  /// Takes one step, if any, of the way to where the head was moved.
  mutating func replay() {
    guard let goal, let record = tree[goal.run] else { return }
    if session.replayStep(of: record.log, to: (goal.executedSteps, goal.entries)) { return }
    isAtTip = goal == record.tip
    self.goal = nil
  }

  /// Brings the tree and the store up to date with the head, as before the end.
  mutating func leave() {
    guard let place else { return }
    store.save(session.checkpoint, of: place.run)
    // A run that was only looked at stays as it is.
    if hasGrown { saveProgress(isLast: true) }
  }

  /// Waits until all that was done is kept.
  func flush() { store.flush() }

  /// Notes in the tree how far the head has grown.
  mutating func keepTip() {
    guard isAtTip else { return }
    tree.growHead(session.log, executedSteps: session.executedSteps)
  }

  private mutating func keepHead() {
    keepTip()
    if let head = tree.head, let record = tree[head] { store.save(record) }
  }

  private mutating func saveProgress(isLast: Bool = false) {
    keepTip()
    guard let head = tree.head, let record = tree[head] else { return }
    recorder.save(session, as: record, isLast: isLast)
  }

  private mutating func move(to place: RunPlace) throws {
    keepTip()
    guard let record = tree[place.run] else { return }
    var checkpoint: Checkpoint?
    for other in tree.lineage(of: place) where checkpoint == nil {
      checkpoint = store.checkpoint(notAfter: other)
    }
    var next = session
    if checkpoint == nil || record.log.start.requiresRestart(comparedTo: session.log.start) {
      next = try makeSession(record.log.start)
    }
    if let checkpoint { next.restore(checkpoint, of: record.log) }
    leave()
    session = next
    tree.moveHead(to: place.run)
    (goal, isAtTip, hasGrown) = (place, false, false)
    generation += 1
    recorder = RunRecorder(store)
    // Entries at the checkpoint's own step take no time.
    if session.executedSteps == place.executedSteps { replay() }
  }

  /// Makes a branch of a place that is not the tip of its run.
  private mutating func grow() {
    hasGrown = true
    guard !isAtTip, let place else { return }
    store.save(tree.branch(from: place, session.log, as: store.newID()))
    (goal, isAtTip) = (nil, true)
  }
}
