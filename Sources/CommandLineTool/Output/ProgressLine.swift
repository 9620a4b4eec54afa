import Glibc
import NumberFormatting
package import ScoreClaims
package import ScoreLab

/// A line with a bar and the time left, redrawn in place on a terminal a few times a second.
package struct ProgressLine {
  /// Whether there is a terminal to draw on.
  package let isShown: Bool
  private let stream: StandardStream
  private var last = ContinuousClock.now

  /// Makes a line on a standard stream; it is shown if that is a terminal, unless told.
  package init(on stream: StandardStream, isShown: Bool? = nil) {
    self.stream = stream
    self.isShown = isShown ?? (isatty(stream.descriptor) != 0)
  }

  /// Shows how far training is.
  package mutating func show(_ session: Session, of steps: Int, stepsPerSecond rate: Double) {
    guard isDue else { return }
    let loss = session.history.smoothed.map { NumberText.short($0, digits: 4) } ?? ""
    show(done: session.step, of: steps, note: "loss \(loss)", stepsPerSecond: rate)
  }

  /// Shows how many steps are done.
  package mutating func show(
    done: Int, of steps: Int, note: String, stepsPerSecond rate: Double
  ) {
    guard isDue else { return }
    let left = Double(steps - done) / max(rate, 1e-9)
    draw(
      Double(done) / Double(steps),
      "\(note)  \(Int(rate)) steps/s  ETA \(duration(left))  step \(done)/\(steps)")
  }

  /// Shows what is done, where nobody knows how much of it is left.
  package mutating func show(_ words: () -> String) {
    guard isDue else { return }
    last = .now
    stream.show("\r" + words().prefix(max(1, stream.columns - 3)) + "\u{1B}[K")
  }

  /// Shows how far an experiment is; without a rate the time left is not known yet.
  package mutating func show(
    _ run: some ExperimentDriver, label: String, unitsPerSecond rate: Double
  ) {
    guard isDue else { return }
    let left = rate > 0 ? duration(Double(run.unitCount - run.unitsDone) / rate) : "?"
    draw(
      Double(run.unitsDone) / Double(max(1, run.unitCount)), "\(label)ETA \(left)  \(run.activity)")
  }

  private mutating func draw(_ fraction: Double, _ rest: String) {
    last = .now
    let bar = Int(fraction * 24)
    let line =
      "[" + String(repeating: "#", count: bar) + String(repeating: ".", count: 24 - bar)
      + "] \(Int(fraction * 100))%  \(rest)"
    // A line that wraps cannot be taken back by a carriage return, and Ctrl-C is echoed as two more.
    stream.show("\r" + line.prefix(max(1, stream.columns - 3)) + "\u{1B}[K")
  }

  /// Puts a line of text in the place of the progress; nothing without a terminal.
  package func finish(_ text: String) {
    if isShown { stream.show("\r\u{1B}[K\(text)\n") }
  }

  /// Takes the progress back.
  package func clear() {
    if isShown { stream.show("\r\u{1B}[K") }
  }

  private var isDue: Bool { isShown && ContinuousClock.now - last > .milliseconds(200) }

  private func duration(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 359_999).rounded(.up))
    return whole >= 3600
      ? "\(whole / 3600)h\(whole % 3600 / 60)m"
      : whole >= 60 ? "\(whole / 60)m\(whole % 60)s" : "\(whole)s"
  }
}
