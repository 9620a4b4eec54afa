/// Gives a store now and then how a run stands.
///
/// The clock decides when, and what is given is read alone, so recording changes no bit of a run.
struct RunRecorder {
  /// The most seconds of training between two saves: what a kill can take away.
  static let longestInterval = 25.0
  private let store: any RunStore
  private let start = MonotonicClock.now
  private var last = MonotonicClock.now
  /// What is measured on the run.
  private var collector = MeasurementCollector()

  init(_ store: any RunStore) { self.store = store }

  /// Whether a session is to be saved after the step that it has just taken.
  func isDue(_ session: Session) -> Bool {
    let now = MonotonicClock.now
    let wanted = store.progressInterval(after: now - start)
    guard wanted.isFinite else { return false }
    let (interval, waited) = (min(Self.longestInterval, wanted), now - last)
    // At such a step two of the three states of a checkpoint are one.
    return waited >= interval
      && (session.step.isMultiple(of: Session.goodStateInterval) || waited >= interval + 1)
  }

  private var isRecording: Bool { store.progressInterval(after: 0).isFinite }

  /// Takes what was measured, to be given to the store with the next save.
  mutating func collect(_ session: Session) {
    if isRecording { collector.collect(session) }
  }

  /// Saves how a session stands.
  ///
  /// - Parameters:
  ///   - session: The run.
  ///   - record: What is known of it besides, up to the session's place.
  ///   - isLast: Whether the run stops here.
  mutating func save(_ session: Session, as record: RunRecord, isLast: Bool = false) {
    guard isRecording else { return store.save(record) }
    collector.collect(session, isLast: isLast)
    store.save(
      RunProgress(
        record: record, checkpoint: session.checkpoint, measured: collector.take()))
    last = MonotonicClock.now
  }
}

/// A run that is trained by itself, with its record.
package struct RecordedRun {
  private var record: RunRecord
  private var recorder: RunRecorder
  private let store: any RunStore

  /// Records a run from the end of its record.
  package init(_ record: RunRecord, in store: any RunStore) {
    self.record = record
    self.store = store
    recorder = RunRecorder(store)
  }

  /// Notes that a step was taken; most of the time that is all.
  package mutating func stepTaken(_ session: Session) {
    if recorder.isDue(session) { save(session, isLast: false) }
  }

  /// Notes that something was measured.
  package mutating func measured(_ session: Session) { recorder.collect(session) }

  /// Saves the place where the run stops.
  mutating func leave(_ session: Session) { save(session, isLast: true) }

  /// Saves the end, and waits until it is kept.
  package mutating func finish(_ session: Session) {
    leave(session)
    store.flush()
  }

  private mutating func save(_ session: Session, isLast: Bool) {
    record.log = session.log
    record.executedSteps = session.executedSteps
    recorder.save(session, as: record, isLast: isLast)
  }
}
