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

  /// Starts a run with a session that has taken no step, next to the runs of a store.
  init(
    _ session: Session, store: any RunStore,
    makeSession: @escaping (RunConfiguration) throws -> Session
  ) throws(FileError) {
    self.session = session
    self.store = store
    self.makeSession = makeSession
    tree = RunTree(try store.records())
    try store.save(tree.start(session.log))
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

  /// Works on the session without training or changing its run.
  mutating func withSession(_ body: (inout Session) -> Void) { body(&session) }

  /// Takes one training step.
  mutating func trainStep() throws(FileError) {
    try grow()
    _ = session.trainStep()
  }

  /// Lets a diverged run go on from its last good state.
  mutating func resumeAfterDivergence() throws(FileError) {
    guard session.divergence != nil else { return }
    try grow()
    session.resumeAfterDivergence()
  }

  /// Changes fields that act live, as a new entry of the log.
  mutating func configure(_ configuration: RunConfiguration) throws(FileError) {
    guard configuration != session.configuration, let place else { return }
    try store.save(session.checkpoint, of: place.run)
    try grow()
    note(place)
    session.configure(configuration)
    try keepHead()
  }

  /// Starts a run anew, a sibling of the root of this one.
  ///
  /// - Throws: Why there can be no such session; then nothing has changed.
  mutating func restart(_ configuration: RunConfiguration) throws {
    let new = try makeSession(configuration)
    guard let place else { return }
    try leave()
    note(place)
    session = new
    (goal, isAtTip) = (nil, true)
    generation += 1
    try store.save(tree.start(session.log))
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
    guard let record = tree[run], let place else { return false }
    keepTip()
    try move(to: tree[run]?.tip ?? record.tip)
    note(place)
    return true
  }

  /// Takes one step, if any, of the way to where the head was moved.
  mutating func replay() {
    guard let goal, let record = tree[goal.run] else { return }
    if session.replayStep(of: record.log, to: (goal.executedSteps, goal.entries)) { return }
    isAtTip = goal == record.tip
    self.goal = nil
  }

  /// Brings the tree and the store up to date with the head, as before the end.
  mutating func leave() throws(FileError) {
    guard let place else { return }
    try keepHead()
    try store.save(session.checkpoint, of: place.run)
  }

  /// Notes in the tree how far the head has grown.
  mutating func keepTip() {
    guard isAtTip else { return }
    tree.growHead(session.log, executedSteps: session.executedSteps)
  }

  private mutating func keepHead() throws(FileError) {
    keepTip()
    if let head = tree.head, let record = tree[head] { try store.save(record) }
  }

  private mutating func move(to place: RunPlace) throws {
    keepTip()
    guard let record = tree[place.run] else { return }
    var checkpoint: Checkpoint?
    for other in tree.lineage(of: place) where checkpoint == nil {
      checkpoint = try store.checkpoint(notAfter: other)
    }
    var next = session
    if checkpoint == nil || record.log.start.requiresRestart(comparedTo: session.log.start) {
      next = try makeSession(record.log.start)
    }
    if let checkpoint { next.restore(checkpoint, of: record.log) }
    try leave()
    session = next
    tree.moveHead(to: place.run)
    (goal, isAtTip) = (place, false)
    generation += 1
    // Entries at the checkpoint's own step take no time.
    if session.executedSteps == place.executedSteps { replay() }
  }

  /// Makes a branch of a place that is not the tip of its run.
  private mutating func grow() throws(FileError) {
    guard !isAtTip, let place else { return }
    try store.save(tree.branch(from: place, session.log))
    (goal, isAtTip) = (nil, true)
  }
}
