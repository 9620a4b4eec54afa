/// Keeps the shares of the session thread's time and the rate of its steps.
struct WorkClock {
  enum Kind { case training, measuring }

  private var spent: (training: Double, measuring: Double) = (0, 0)
  private var share = 0.0
  private var lastPublish = -Double.infinity
  private var window: [(time: Double, step: Int)] = []
  private var lastStep = -Double.infinity
  /// Seconds of training since the start or the last save.
  private(set) var unsavedSeconds = 0.0

  /// Steps a second over about the last two seconds; nil before there is a window.
  var stepsPerSecond: Double? {
    guard let first = window.first, let last = window.last, last.time - first.time > 0.2,
      last.step > first.step
    else { return nil }
    return Double(last.step - first.step) / (last.time - first.time)
  }

  mutating func measuringIsDue(share: Double) -> Bool {
    if share != self.share {
      // A new share starts without the old one's debt.
      self.share = share
      spent = (0, 0)
    }
    return spent.measuring < share * (spent.training + spent.measuring)
  }

  mutating func time(_ kind: Kind, _ work: () -> Void) {
    let start = MonotonicClock.now
    work()
    let elapsed = MonotonicClock.now - start
    switch kind {
    case .training:
      spent.training += elapsed
      unsavedSeconds += elapsed
    case .measuring: spent.measuring += elapsed
    }
    // Old time fades, so that a changed share takes hold within seconds.
    if spent.training + spent.measuring > 2 {
      spent.training /= 2
      spent.measuring /= 2
    }
  }

  /// Notes that a step begins now.
  mutating func stepBegins() { lastStep = MonotonicClock.now }

  /// How long the next step has to wait at a pace; 0 or less when it is due.
  func secondsToNextStep(at pace: TrainingPace) -> Double {
    switch pace {
    case .full: 0
    case .stepsPerSecond(let count): lastStep + 1 / Double(count) - MonotonicClock.now
    }
  }

  /// Notes that everything so far is saved.
  mutating func saved() { unsavedSeconds = 0 }

  func publishIsDue(rate: Double) -> Bool { MonotonicClock.now - lastPublish >= 1 / rate }

  mutating func published(step: Int) {
    lastPublish = MonotonicClock.now
    window.append((lastPublish, step))
    if let first = window.first, step < first.step { window.removeAll() }
    while let first = window.first, lastPublish - first.time > 2 { window.removeFirst() }
  }

  /// Forgets the rate after a time without work.
  mutating func rest() { window.removeAll() }
}
