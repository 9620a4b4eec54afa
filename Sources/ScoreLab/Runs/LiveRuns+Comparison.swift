// Up to four runs are trained in turn and measured in turn: the head, and those that were chosen to go on
// whatever becomes of it. Sessions share nothing, so each has the bits it would have alone.

extension LiveRuns {
  /// Lets a run go on, or no longer, next to the head.
  ///
  /// The head can be chosen too: it goes on as it is when a change, a restart or an opening makes
  /// another run the head.
  ///
  /// - Throws: ``ComparisonError``, or why the run's session cannot be made; then nothing has changed.
  mutating func compare(_ run: RunID) throws {
    try load(run)
    keepTip()
    guard let record = tree[run] else { throw ComparisonError.noRun(run) }
    if let index = compared.firstIndex(of: run) {
      compared.remove(at: index)
      leave()
      companions.removeAll { $0.run == run }
      return
    }
    if run != tree.head {
      guard companions.count + 1 < Self.comparisonLimit else { throw ComparisonError.full }
      companions.append(Companion(record, try session(of: record, at: record.tip), in: store))
    }
    compared.append(run)
  }

  /// Keeps the companions to what is compared after the head has left a run.
  ///
  /// Where there would be too many, the one chosen first goes no further; neither does one whose session
  /// cannot be made, for want of memory.
  ///
  /// - Parameters:
  ///   - run: What the head has left.
  ///   - session: The session it had there.
  ///   - isAtTip: Whether that was the end of the run.
  mutating func headMoved(from run: RunID, _ session: Session, isAtTip: Bool) {
    let head = tree.head
    companions.removeAll { $0.run == head }
    if run != head, compared.contains(run), let record = tree[run] {
      if let next = isAtTip ? session : try? self.session(of: record, at: record.tip) {
        companions.append(Companion(record, next, in: store))
      } else {
        compared.removeAll { $0 == run }
      }
    }
    while companions.count >= Self.comparisonLimit {
      let dropped = companions.removeFirst().run
      compared.removeAll { $0 == dropped }
    }
  }

  /// Takes one step of the way of the first companion that is not at the end of its run.
  mutating func replayCompanion() {
    guard let index = companions.firstIndex(where: \.isReplaying),
      let record = tree[companions[index].run]
    else { return }
    companions[index].replay(record)
  }

  /// Whether nothing that is shown is left to be measured.
  var isMeasured: Bool {
    session.isMeasured && companions.allSatisfy(\.session.isMeasured)
  }

  /// Does one unit of measuring, of the head and the runs compared in turn.
  mutating func measure() {
    let count = companions.count + 1
    for _ in 0..<count {
      turn = (turn + 1) % count
      guard turn > 0 else {
        guard session.isMeasured else { return withSession { $0.measure() } }
        continue
      }
      guard companions[turn - 1].session.isMeasured else {
        return companions[turn - 1].session.measure()
      }
    }
  }

  /// What a screen shows of the runs that are trained in turn with the head.
  var comparison: [ComparedRun] {
    companions.map { companion in
      let other = companion.session
      return ComparedRun(
        run: companion.run, configuration: other.configuration, step: other.step,
        divergence: other.divergence, curve: LossCurve(history: other.history, edits: other.edits),
        measurements: other.measurements)
    }
  }
}
