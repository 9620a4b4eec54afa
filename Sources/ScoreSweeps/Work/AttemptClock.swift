import ScoreLab

/// Says now and then that an attempt lives, and in the end what became of it.
///
/// None of it decides a result, so that what cannot be written is left out.
final class AttemptClock {
  private var attempt: SweepAttempt
  private let folder: SweepFolder
  private let start = MonotonicClock.now
  private var last = MonotonicClock.now

  init(_ attempt: SweepAttempt, in folder: SweepFolder) {
    self.attempt = attempt
    self.folder = folder
    write()
  }

  /// So many units are finished.
  func advance(to count: Int) {
    attempt.done = count
    guard MonotonicClock.now - last >= SweepAttempt.heartbeat else { return }
    write()
  }

  /// The attempt goes on within a unit.
  func beat() { advance(to: attempt.done) }

  func end(_ words: String) {
    update()
    attempt.end = words
    try? FileWriter.writeAtomically(RecordCoding.encode(attempt), to: attempt.endedPath(folder))
    try? FileWriter.remove(attempt.runningPath(folder))
  }

  private func write() {
    update()
    last = MonotonicClock.now
    try? FileWriter.writeAtomically(RecordCoding.encode(attempt), to: attempt.runningPath(folder))
  }

  private func update() {
    attempt.seen = SweepAttempt.clock
    attempt.seconds = MonotonicClock.now - start
  }
}
