import CTerminalGuard
import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab

/// What `scorefield train` prints: a progress line and a table, or JSON lines.
struct TrainReport {
  /// What it prints of each measured step.
  private static let measured = MeasurementRequest([
    FloorMeasurement.self, HeldOutMeasurement.self, ProbeMeasurement.self,
  ])

  let isTerminal: Bool
  let steps: Int
  private let start = ContinuousClock.now
  /// Time spent on measuring, which is no part of the training rate.
  private var measuring = Duration.zero
  private var progressLine: ProgressLine
  private var measuredStep: Int?

  init(isTerminal: Bool, steps: Int) {
    self.isTerminal = isTerminal
    self.steps = steps
    progressLine = ProgressLine(on: .output, isShown: isTerminal)
  }

  func start(_ session: Session) throws {
    let configuration = session.configuration
    printWarnings(session.warnings)
    if isTerminal {
      try StandardOutput.print(configuration.yaml, terminator: "")
      try StandardOutput.print(standing(of: configuration.probe), terminator: "")
      let reference = configuration.objective.make().isHuber ? "exact" : "floor"
      try StandardOutput.print(
        column("step") + column("loss") + column("held-out") + column(reference), terminator: "")
      try StandardOutput.print(["worst L2", "worst D", "from", "to"].map(column).joined())
    } else {
      var line = JSONLine()
      line.add("configuration", configuration.yaml)
      line.add("warnings", session.warnings)
      try emit(line)
    }
  }

  /// Redraws the progress line a few times a second.
  mutating func progress(_ session: Session) {
    progressLine.show(session, of: steps, stepsPerSecond: stepsPerSecond(session))
  }

  /// Measures the session and prints a row or a JSON line, once a step.
  ///
  /// After an interrupt that takes the end from the watch, which would print a last line too.
  mutating func measure(_ session: inout Session, ending watch: InterruptWatch) throws {
    guard measuredStep != session.step else { return }
    measuredStep = session.step
    let begin = ContinuousClock.now
    let rate = stepsPerSecond(session)
    session.measureNow(Self.measured)
    let measurements = session.measurements
    let probe = measurements.probe?.levels ?? []
    measuring += ContinuousClock.now - begin
    if sf_interrupted() != 0 { watch.reserveEnd() }
    let delta = session.configuration.probe.delta
    let floor = measurements.floor
    // One that is not finite was dropped, and the last is then of an earlier step.
    let excess = measurements.heldOut.last { $0.step == session.step }
    let heldOut = floor.flatMap { floor in excess.map { floor.value + $0.excess } } ?? .nan
    let l2 = probe.map(\.l2)
    let quantiles = probe.map { $0.quantileEstimate(delta: delta) }
    let loss = session.history.smoothed ?? .nan
    guard !isTerminal else {
      let cells = [
        "\(session.step)", NumberText.short(loss, digits: 5),
        NumberText.short(heldOut, digits: 5), NumberText.short(floor?.value ?? .nan, digits: 5),
        NumberText.short(l2.max() ?? .nan),
      ]
      return try StandardOutput.print(
        "\r\u{1B}[K" + (cells + worst(of: quantiles)).map(column).joined())
    }
    var line = JSONLine()
    line.add("step", session.step)
    line.add("loss", loss)
    line.add("held_out_loss", heldOut)
    line.add("held_out_error", excess?.standardError ?? .nan)
    // The least Huber loss is not known, only that it is at most the exact score's.
    let least = floor.flatMap { $0.isLeast ? $0 : nil }
    line.add("floor", least?.value ?? .nan)
    line.add("floor_error", least?.error ?? .nan)
    line.add("exact_score_loss", floor?.value ?? .nan)
    line.add("exact_score_loss_error", floor?.error ?? .nan)
    line.add("delta", delta)
    line.add("time", probe.map(\.time))
    line.add("l2", l2)
    line.add("points", session.configuration.probe.points)
    line.add("d_delta", quantiles)
    line.add("d_0.01", probe.map { $0.quantileEstimate(delta: 0.01) })
    line.add("steps_per_second", rate)
    try emit(line)
  }

  /// Redraws the progress line while flows are followed.
  mutating func progress(_ runs: [FlowDivergenceStepper], since start: ContinuousClock.Instant) {
    let done = runs.reduce(0) { $0 + $1.stepsDone }
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    progressLine.show(
      done: done, of: runs.reduce(0) { $0 + $1.stepCount }, note: "flow",
      stepsPerSecond: Double(done) / max(1e-9, elapsed))
  }

  /// Prints the divergences of the learned and of the exact score.
  func flow(_ learned: FlowDivergence, exact: FlowDivergence, time: Double, step: Int) throws {
    guard !isTerminal else {
      let (value, null) = (text(learned), text(exact))
      return try StandardOutput.print(
        "\r\u{1B}[KKL of the distribution from the flow at time \(NumberText.short(time)): "
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

  func finish(_ text: String) throws {
    if isTerminal { try StandardOutput.print("\r\u{1B}[K\(text)") }
  }

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

  /// The largest quantile over levels, with its interval.
  private func worst(of quantiles: [QuantileEstimate]) -> [String] {
    let worst = quantiles.max { $0.orderStatistic < $1.orderStatistic }
    guard let worst, let value = worst.value else { return ["unknown", "", ""] }
    return [value, worst.interval.lowerBound, worst.interval.upperBound].map {
      NumberText.short($0)
    }
  }

  private func stepsPerSecond(_ session: Session) -> Double {
    let elapsed = (ContinuousClock.now - start - measuring) / .seconds(1)
    return elapsed > 0 ? Double(session.executedSteps) / elapsed : 0
  }

  private func emit(_ line: JSONLine) throws {
    try StandardOutput.print(line.text)
    try StandardOutput.flush()
  }

  private func column(_ text: String) -> String { Self.column(text) }

  /// Text in a column of the table.
  static func column(_ text: String) -> String {
    String(repeating: " ", count: max(1, 11 - text.count)) + text
  }
}

extension JSONLine {
  /// Estimates of a quantile at several levels, of equally many points: values and ends of
  /// their intervals, null where they are unknown, and what the points can say.
  fileprivate mutating func add(_ key: String, _ quantiles: [QuantileEstimate]) {
    add(key, quantiles.map { $0.value ?? .nan })
    add("\(key)_low", quantiles.map { $0.value == nil ? .nan : $0.interval.lowerBound })
    add("\(key)_high", quantiles.map { $0.value == nil ? .nan : $0.interval.upperBound })
    switch quantiles.first?.standing {
    case .unknown(let needed):
      add("\(key)_standing", "unknown")
      add("\(key)_points_needed", needed)
    case .few: add("\(key)_standing", "few points")
    case .enough, nil: add("\(key)_standing", "enough")
    }
  }
}
