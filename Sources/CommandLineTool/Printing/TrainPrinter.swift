import CTerminalGuard
import Glibc
import NumberFormatting
package import ScoreCore
package import ScoreLab

/// What `scorefield train` prints: a progress line and a table, JSON lines, or sentences.
package struct TrainPrinter {
  /// The form of what is printed.
  package enum Form {
    /// A table with a progress line in place, for a terminal.
    case table
    case json
    /// A sentence a second without escapes, for screen readers and logs.
    case plain
  }

  package let form: Form
  /// The steps to be taken; nil for no end.
  package let steps: Int?
  private let start = ContinuousClock.now
  /// Time spent on measuring, which is no part of the training rate.
  private var measuring = Duration.zero
  private var progressLine: ProgressLine
  private var measuredStep: Int?
  /// The steps that were executed before it began.
  private var earlierSteps = 0
  private var lastSentence = ContinuousClock.now

  package init(form: Form, steps: Int?) {
    self.form = form
    self.steps = steps
    progressLine = ProgressLine(on: .output, isShown: form == .table)
  }

  /// Prints what is trained, with the edits that are made on the way.
  package mutating func start(_ session: Session, following run: SharedRun) throws {
    let configuration = session.configuration
    earlierSteps = session.executedSteps
    printWarnings(session.warnings)
    switch form {
    case .table:
      try StandardOutput.print(run.yaml, terminator: "")
      try StandardOutput.print(standing(of: configuration.probe), terminator: "")
      let reference = configuration.objective.make().isHuber ? "exact" : "floor"
      try StandardOutput.print(
        column("step") + column("loss") + column("held-out") + column(reference), terminator: "")
      try StandardOutput.print(["worst L2", "worst D", "from", "to"].map(column).joined())
    case .json:
      var line = JSONLine()
      line.add("configuration", run.yaml)
      line.add("warnings", session.warnings)
      try emit(line)
    case .plain:
      try StandardOutput.print(run.yaml, terminator: "")
      try StandardOutput.print(standing(of: configuration.probe), terminator: "")
      try StandardOutput.flush()
    }
  }

  /// Redraws the progress line a few times a second, or prints a sentence a second.
  package mutating func progress(_ session: Session) throws {
    switch form {
    case .table:
      progressLine.show(
        session, of: steps ?? session.step, stepsPerSecond: stepsPerSecond(session))
    case .json: break
    case .plain:
      guard ContinuousClock.now - lastSentence >= .seconds(1) else { return }
      try say(sentence(session))
    }
  }

  /// Measures the session and prints a row, a sentence or a JSON line, once a step.
  ///
  /// After an interrupt that takes the end from the watch, which would print a last line too.
  ///
  /// - Returns: What was measured; nil for a step that was measured before.
  package mutating func measure(
    _ session: inout Session, ending watch: InterruptWatch
  ) throws -> MeasuredStep? {
    guard measuredStep != session.step else { return nil }
    measuredStep = session.step
    let begin = ContinuousClock.now
    let rate = stepsPerSecond(session)
    session.measureNow(.reported)
    measuring += ContinuousClock.now - begin
    if sf_interrupted() != 0 { watch.reserveEnd() }
    let measured = MeasuredStep(session, stepsPerSecond: rate)
    switch form {
    case .table: try StandardOutput.print("\r\u{1B}[K" + measured.cells.map(column).joined())
    case .json: try emit(measured.line)
    case .plain: try say(sentence(session) + measured.sentence)
    }
    return measured
  }

  private func sentence(_ session: Session) -> String {
    let loss = session.history.smoothed.map { ", loss \(NumberText.short($0, digits: 4))" } ?? ""
    return "step \(session.step)\(loss), \(Int(stepsPerSecond(session))) steps a second"
  }

  private mutating func say(_ text: String) throws {
    lastSentence = .now
    try StandardOutput.print(text)
    try StandardOutput.flush()
  }

  /// Redraws the progress line while flows are followed.
  package mutating func progress(
    _ runs: [FlowDivergenceStepper], since start: ContinuousClock.Instant
  ) {
    let done = runs.reduce(0) { $0 + $1.stepsDone }
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    progressLine.show(
      done: done, of: runs.reduce(0) { $0 + $1.stepCount }, note: "flow",
      stepsPerSecond: Double(done) / max(1e-9, elapsed))
  }

  /// Says a few times a second what is measured that takes long, or once a second in sentences.
  ///
  /// - Throws: ``Failure/Interrupted`` after an interrupt.
  package mutating func progress(named work: String, _ standing: () -> String) throws {
    guard sf_interrupted() == 0 else {
      try finish("interrupted while \(work)")
      throw Failure.Interrupted()
    }
    func words() -> String { [work, standing()].filter { !$0.isEmpty }.joined(separator: ": ") }
    switch form {
    case .table: progressLine.show(words)
    case .json: break
    case .plain:
      guard ContinuousClock.now - lastSentence >= .seconds(1) else { return }
      try say(words())
    }
  }

  /// Prints the parts of the error.
  package func parts(_ report: PartsReport) throws {
    try late(report.line, report.table, report.sentences)
  }

  /// Prints the bound on the samples.
  package func bound(_ report: BoundReport) throws {
    try late(report.line, report.sentences, report.sentences)
  }

  /// Prints what was measured at the end, in the form of everything else.
  private func late(_ line: JSONLine, _ table: [String], _ sentences: [String]) throws {
    switch form {
    case .json: try emit(line)
    case .table: try StandardOutput.print(takeBack + table.joined(separator: "\n"))
    case .plain: for sentence in sentences { try StandardOutput.print(sentence) }
    }
  }

  /// Prints the divergences of the learned and of the exact score.
  package func flow(_ learned: FlowDivergence, exact: FlowDivergence, time: Double, step: Int)
    throws
  {
    guard form == .json else {
      let (value, null) = (text(learned), text(exact))
      return try StandardOutput.print(
        "\(takeBack)KL of the distribution from the flow at time \(NumberText.short(time)): "
          + "\(value) nats, "
          + "exact score \(null); \(learned.pointCount) points, \(learned.stepCount) steps")
    }
    var line = JSONLine()
    line.add("step", step)
    line.add("kl", learned.value)
    line.add("kl_error", learned.standardError)
    line.add("kl_exact", exact.value)
    line.add("kl_exact_error", exact.standardError)
    line.add("kl_time", time)
    line.add("kl_points", learned.pointCount)
    line.add("kl_steps", learned.stepCount)
    try emit(line)
  }

  private func text(_ divergence: FlowDivergence) -> String {
    "\(NumberText.short(divergence.value)) +- \(NumberText.short(divergence.standardError))"
  }

  package func finish(_ text: String) throws {
    if form != .json { try StandardOutput.print("\(takeBack)\(text)") }
  }

  /// What takes the progress line back, where there is one.
  private var takeBack: String { form == .table ? "\r\u{1B}[K" : "" }

  /// What the probe's points can say of D_delta, a line; nothing where they are enough.
  private func standing(of probe: ProbeConfiguration) -> String {
    let name = "D_\(NumberText.short(probe.delta))"
    return switch QuantileEstimate.standing(count: probe.points, delta: probe.delta) {
    case .unknown(let needed):
      "\(name) is unknown: probe.points is \(probe.points), and it takes \(needed)\n"
    case .few: "\(name): few points, see its 95% interval\n"
    case .enough: ""
    }
  }

  private func stepsPerSecond(_ session: Session) -> Double {
    let elapsed = (ContinuousClock.now - start - measuring) / .seconds(1)
    return elapsed > 0 ? Double(session.executedSteps - earlierSteps) / elapsed : 0
  }

  private func emit(_ line: JSONLine) throws {
    try StandardOutput.print(line.text)
    try StandardOutput.flush()
  }

  private func column(_ text: String) -> String { Self.column(text) }

  /// Text in a column of the table.
  package static func column(_ text: String) -> String {
    String(repeating: " ", count: max(1, 11 - text.count)) + text
  }
}
