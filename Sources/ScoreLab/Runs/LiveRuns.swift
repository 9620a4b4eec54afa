import ScoreCore

/// The runs of a session thread: the session at the head, the tree that it stands in, and the way
/// back.
///
/// A run grows at its tip alone. Trained or changed at an earlier place it goes on as a branch, so
/// that nothing that was done is lost.
struct LiveRuns {
  /// The most runs that are trained in turn, the head's among them.
  static let comparisonLimit = 4

  private(set) var session: Session
  private(set) var tree: RunTree
  /// Counts moves of the head other than by training, so that a view can see it.
  private(set) var generation = 0
  /// The runs that are trained on whatever becomes of the head, in the order chosen.
  var compared: [RunID] = []
  /// Those of them that are not at the head.
  var companions: [Companion] = []
  /// Whose turn it is to be measured: the head's at 0, then that of the companions.
  var turn = 0
  let store: any RunStore
  private let makeSession: (RunConfiguration) throws -> Session
  private var request = MeasurementRequest.unasked
  private var wayBack = WayBack()
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
  var isReplaying: Bool { goal != nil || companions.contains(where: \.isReplaying) }

  var canUndo: Bool { wayBack.previous != nil }

  var canRedo: Bool { wayBack.next != nil }

  /// Whether the runs are there when the program has ended.
  var outliveProgram: Bool { store.outlivesProgram }

  /// Why something is not kept, in one line; nil while all is well.
  var storeProblem: String? { store.problem }

  /// Works on the session without training or changing its run.
  mutating func withSession(_ body: (inout Session) -> Void) { body(&session) }

  /// Measures this from now on, and nothing else.
  mutating func show(_ request: MeasurementRequest) {
    self.request = request
    session.show(request)
    for index in companions.indices { companions[index].session.show(request) }
  }

  /// Takes one training step of the head, then one of each run compared with it.
  ///
  /// - Returns: The head's step; nil when it has diverged.
  @discardableResult
  mutating func trainStep() -> Int? {
    wayBack.endMoveAlongRun()
    grow()
    let report = session.trainStep()
    if recorder.isDue(session) { saveProgress() }
    for index in companions.indices { companions[index].trainStep() }
    return report == nil ? nil : session.step
  }

  /// Lets a diverged run go on from its last good state.
  mutating func resumeAfterDivergence() {
    guard session.divergence != nil else { return }
    grow()
    session.resumeAfterDivergence()
  }

  /// Changes fields that act live, as a new entry of the log; of a run that is compared, as a branch.
  mutating func configure(_ configuration: RunConfiguration) {
    guard configuration != session.configuration, let place else { return }
    store.save(session.checkpoint, of: place.run)
    if compared.contains(place.run), isAtTip {
      if hasGrown { saveProgress(isLast: true) }
      branch(from: place)
    } else {
      grow()
    }
    wayBack.note(place)
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
    wayBack.note(place)
    let left = (session: session, isAtTip: isAtTip)
    session = new
    session.show(request)
    (goal, isAtTip, hasGrown) = (nil, true, false)
    generation += 1
    recorder = RunRecorder(store)
    store.save(tree.start(session.log, as: store.newID()))
    headMoved(from: place.run, left.session, isAtTip: left.isAtTip)
  }

  /// Moves the head to where it was before the last edit, restart or move.
  ///
  /// - Returns: False when there is nothing to undo.
  /// - Throws: Why the place cannot be reached; then nothing has changed.
  mutating func undo() throws -> Bool {
    guard let previous = wayBack.previous, let place else { return false }
    try move(to: previous)
    wayBack.undo(from: place)
    return true
  }

  /// Moves the head to where it was before the last undo.
  ///
  /// - Returns: False when nothing was undone since the last edit, restart or opening.
  /// - Throws: Why the place cannot be reached; then nothing has changed.
  mutating func redo() throws -> Bool {
    guard let next = wayBack.next, let place else { return false }
    try move(to: next)
    wayBack.redo(from: place)
    return true
  }

  /// Moves the head along its run, to a number of executed steps; undone at once with the moves of
  /// this kind right before.
  ///
  /// Edits at that very step are in force. Nothing is lost: trained on from there, the run branches.
  ///
  /// - Throws: Why the place cannot be reached; then nothing has changed.
  mutating func go(toExecutedStep step: Int) throws {
    keepTip()
    guard let place, let record = tree[place.run] else { return }
    let target = record.place(atExecutedStep: step)
    guard target != (goal ?? place) else { return }
    try move(to: target)
    wayBack.noteAlongRun(place)
  }

  /// Moves the head to a run.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - step: The number of executed steps to go to; its tip without one.
  /// - Returns: False when there is no such run.
  /// - Throws: Why it cannot be reached; then nothing has changed.
  mutating func open(_ run: RunID, atExecutedStep step: Int? = nil) throws -> Bool {
    keepTip()
    try load(run)
    guard let record = tree[run], let place else { return false }
    try move(to: step.map { record.place(atExecutedStep: $0) } ?? record.tip)
    wayBack.note(place)
    return true
  }

  /// The configuration in force at a number of executed steps of a run.
  ///
  /// - Returns: Nil when there is no such run.
  /// - Throws: ``FileError`` where what is kept of it cannot be read.
  mutating func configuration(
    of run: RunID, atExecutedStep step: Int
  ) throws(FileError) -> RunConfiguration? {
    keepTip()
    try load(run)
    return tree[run].map { $0.log.configuration(after: $0.place(atExecutedStep: step).entries) }
  }

  /// Goes to the tip of a run that is kept before anything was done, so that there is nothing to undo.
  ///
  /// - Throws: Why it cannot be reached.
  mutating func begin(with run: RunID) throws {
    _ = try open(run)
    wayBack = WayBack()
  }

  /// Takes a run that is kept and those that it goes on from onto the tree.
  mutating func load(_ run: RunID) throws(FileError) {
    var next: RunID? = run
    while let run = next, tree[run] == nil, let record = try store.record(run) {
      tree.add(record)
      next = record.parent?.run
    }
  }

  /// Takes one step, if any, of the way to where the head was moved.
  mutating func replay() {
    guard let goal else { return replayCompanion() }
    guard let record = tree[goal.run] else { return }
    if session.replayStep(of: record.log, to: (goal.executedSteps, goal.entries)) { return }
    isAtTip = goal == record.tip
    self.goal = nil
  }

  /// Brings the tree and the store up to date with the head and the runs compared, as before the end.
  mutating func leave() {
    guard let place else { return }
    store.save(session.checkpoint, of: place.run)
    // A run that was only looked at stays as it is.
    if hasGrown { saveProgress(isLast: true) }
    for index in companions.indices { companions[index].leave() }
  }

  /// Waits until all that was done is kept.
  func flush() { store.flush() }

  /// Notes in the tree how far the head and the runs compared have grown.
  mutating func keepTip() {
    for companion in companions where !companion.isReplaying {
      tree.grow(
        companion.run, companion.session.log, executedSteps: companion.session.executedSteps)
    }
    guard isAtTip else { return }
    tree.grow(tree.head, session.log, executedSteps: session.executedSteps)
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
    guard let record = tree[place.run], let present = self.place else { return }
    let next = try self.session(of: record, at: place)
    leave()
    let left = (session: session, isAtTip: isAtTip)
    session = next
    tree.moveHead(to: place.run)
    (goal, isAtTip, hasGrown) = (place, false, false)
    generation += 1
    recorder = RunRecorder(store)
    headMoved(from: present.run, left.session, isAtTip: left.isAtTip)
    // Entries at the checkpoint's own step take no time.
    if session.executedSteps == place.executedSteps { replay() }
  }

  /// A session on the way to a place of a run: from the nearest state there is, or from the start.
  ///
  /// - Parameters:
  ///   - record: The run.
  ///   - place: Where it is to come to.
  /// - Returns: The session, which measures what is shown.
  /// - Throws: Why there can be no such session.
  func session(of record: RunRecord, at place: RunPlace) throws -> Session {
    // A run that is trained now may be nearer than what was kept of it.
    var checkpoint = companions.first { $0.run == place.run && !$0.isReplaying }
      .map(\.session.checkpoint).flatMap {
        $0.place(in: place.run).isNotAfter(place) ? $0 : nil
      }
    for near in tree.lineage(of: place) where checkpoint == nil {
      checkpoint = store.checkpoint(notAfter: near)
    }
    var next = session
    if checkpoint == nil || record.log.start.requiresRestart(comparedTo: session.log.start) {
      next = try makeSession(record.log.start)
    }
    if let checkpoint { next.restore(checkpoint, of: record.log) }
    next.show(request)
    return next
  }

  /// Makes a branch of a place that is not the tip of its run.
  private mutating func grow() {
    hasGrown = true
    guard !isAtTip, let place else { return }
    branch(from: place)
  }

  /// Lets the head go on as a branch of its run.
  private mutating func branch(from place: RunPlace) {
    let left = (session: session, isAtTip: isAtTip)
    store.save(tree.branch(from: place, session.log, as: store.newID()))
    (goal, isAtTip, hasGrown) = (nil, true, true)
    recorder = RunRecorder(store)
    headMoved(from: place.run, left.session, isAtTip: left.isAtTip)
  }
}
