/// When the next frame, look at the mailbox and tick are due, in nanoseconds of a steady clock.
///
/// Mailboxes are looked at no more often than frames are drawn, so a fast publisher cannot keep
/// the loop busy; a key may bring the next frame forward.
struct FrameClock {
  /// The least time between frames.
  let interval: Int64
  private(set) var frameDue: Int64 = 0
  private(set) var wakeDue: Int64 = 0
  private var lastFrame: Int64 = .min / 2
  private var tickDue: Int64?

  init(framesPerSecond: Int) {
    interval = 1_000_000_000 / Int64(min(max(1, framesPerSecond), 240))
  }

  mutating func drew(at now: Int64) {
    lastFrame = now
    frameDue = now + interval
    // Mail first and then the frame that shows it, at the same instant.
    if wakeDue > now { wakeDue = frameDue }
  }

  mutating func woke(at now: Int64) { wakeDue = now + interval }

  /// Lets the answer to a key appear before the next regular frame.
  mutating func heardUser(at now: Int64) {
    frameDue = min(frameDue, max(now, lastFrame + interval / 4))
  }

  /// Whether a tick has come, `milliseconds` after the last one or after ticking began.
  mutating func ticks(every milliseconds: Int?, at now: Int64) -> Bool {
    guard let milliseconds else {
      tickDue = nil
      return false
    }
    let interval = Int64(max(1, milliseconds)) * 1_000_000
    guard let due = tickDue, due <= now + interval else {
      tickDue = now + interval
      return false
    }
    guard now >= due else { return false }
    // Ticks missed while the process was stopped are not made up for.
    tickDue = due + interval > now ? due + interval : now + interval
    return true
  }

  /// How long to wait, in milliseconds for `poll`: -1 for ever.
  func timeout(
    at now: Int64, wantsFrame: Bool, awaitsMail: Bool, inputDue: Int64? = nil
  ) -> Int32 {
    var due = tickDue
    if let inputDue { due = min(due ?? .max, inputDue) }
    if wantsFrame { due = min(due ?? .max, frameDue) }
    if awaitsMail, now < wakeDue { due = min(due ?? .max, wakeDue) }
    guard let due else { return -1 }
    // Rounded up: waking before it is due would only mean waiting again.
    return Int32(clamping: max(0, (due - now + 999_999) / 1_000_000))
  }
}
