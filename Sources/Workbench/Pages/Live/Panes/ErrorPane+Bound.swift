import NumberFormatting
import ScoreCore
package import ScoreLab
import ScoreTheory
import TermPlot

/// What the first paper's bound says of the run: its terms, those with every constant, and how far the
/// samples are.
extension ErrorPane {
  func drawBound(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    guard let bound = state.run.snapshot?.measurements.pathBound else {
      canvas.write("measuring the terms of the bound ...", in: area, style: Style(.muted))
      return
    }
    let delta = state.run.configuration.probe.delta
    guard case .known(let terms) = bound else {
      for (offset, line) in boundLines(bound, delta: delta).enumerated() {
        for (row, text) in state.marks.wrap(line.text, width: area.width, rows: 3).enumerated()
        where offset + row < area.height {
          canvas.write(
            text, in: area.inset(top: offset + row), style: Style(line.role))
        }
      }
      return
    }
    var rest = area
    for line in boundLines(bound, delta: delta) {
      let parts = rest.splitTop(rows: 1)
      canvas.write(
        state.marks.fit(line.text, width: parts.top.width), in: parts.top, style: Style(line.role))
      rest = parts.rest
    }
    guard rest.height >= 7 else { return }
    drawSteps(terms, state, into: &canvas, in: rest)
  }

  /// L2 and D at the share delta / N at the sampler's steps.
  private func drawSteps(
    _ terms: PathBound.Terms, _ state: WorkbenchState, into canvas: inout Canvas, in area: Rect
  ) {
    let share = terms.share(delta: state.run.configuration.probe.delta)
    let times = terms.errors.map(\.time)
    let window = state.top.window(of: title)
    LineChart(
      series: [
        .init(
          "L2", x: times, y: terms.errors.map(\.l2), role: .l2,
          stroke: Stroke(.dashed, ascii: "L")),
        .init(
          quantileLabel(terms.errors, delta: share), x: times,
          y: terms.errors.map { knownQuantile($0, delta: share) ?? .nan }, role: .quantile,
          stroke: Stroke(.solid, ascii: "D"), name: Self.quantileName),
      ],
      x: window.x(AxisSettings("noise level: time t", scale: .logarithmic)),
      y: window.y(AxisSettings("error", scale: .logarithmic)), marks: state.marks
    ).draw(into: &canvas, in: area)
  }

  // MARK: - Lines

  fileprivate func boundLines(_ bound: PathBound, delta: Double) -> [Number] {
    switch bound {
    case .missing(let obstacle): [("no bound: \(obstacle.text)", .muted)]
    case .known(let terms):
      corollary(terms, delta: delta) + explicit(terms) + [variation(terms)]
    }
  }

  private func short(_ number: Double, digits: Int = 3) -> String {
    NumberText.short(number, digits: digits)
  }

  private func row(_ name: String, _ value: String, _ role: StyleRole = .text) -> Number {
    (name + String(repeating: " ", count: max(1, 29 - name.count)) + value, role)
  }

  private func corollary(_ terms: PathBound.Terms, delta: Double) -> [Number] {
    let order = terms.corollary(delta: delta)
    let (process, count) = (terms.process, terms.stepCount)
    let sizes = "d \(terms.dimension), N \(count), T \(short(process.horizon)), gamma "
    return [
      ("Cor. B.6, constants unknown: \(sizes)\(short(process.stop))", .muted),
      row("delta", short(order.share)),
      row("eps sqrt(T + log 1/gamma)", score(terms, order, delta: delta), .quantile),
      row("sqrt(d/N) (T + log 1/gamma)", short(order.steps)),
      row("(sqrt d + m_2) e^-T", short(order.start)),
    ]
  }

  private func score(
    _ terms: PathBound.Terms, _ order: SamplingTerms, delta: Double
  ) -> String {
    guard let worst = terms.worst(delta: delta) else { return "" }
    let share = short(terms.share(delta: delta), digits: 2)
    if case .unknown(let needed) = worst.quantile.standing {
      return "unknown: delta/N \(share) needs \(needed) probe points, not \(worst.quantile.count)"
    }
    let interval = worst.quantile.interval
    return "\(short(order.score ?? .nan)); eps \(short(worst.quantile.orderStatistic)) "
      + "(\(short(interval.lowerBound, digits: 2)), \(short(interval.upperBound, digits: 2)))"
      + (worst.quantile.standing == .few ? " few points" : "")
      + " at t \(short(worst.errors.time, digits: 2))"
  }

  private func explicit(_ terms: PathBound.Terms) -> [Number] {
    let bound = terms.explicit
    func value(_ value: Double, _ limit: Double) -> String {
      "\(short(value)), below \(short(limit))"
    }
    return [
      ("with every constant, on \(grouped(terms.pathCount)) paths; limits hold with 95%", .muted),
      row(
        "score, along paths",
        value(bound.score.bound, bound.score.upperLimit)
          + " (\(short(100 * bound.score.exceedance, digits: 2))% of paths beyond e^2 "
          + "\(short(bound.score.threshold, digits: 2)))", .quantile),
      row("steps, 2 sqrt(KL / 2)", value(bound.steps, bound.stepsLimit)),
      row("start, TV(q_T, N(0, I))", value(bound.start.value, bound.startLimit)),
      row(
        "sum", value(bound.sum, bound.limit) + (bound.limit >= 1 ? ": says nothing" : ""), .markov),
    ]
  }

  private func variation(_ terms: PathBound.Terms) -> Number {
    guard let found = terms.variation else {
      return row("measured TV", "none: histograms are for 1 or 2 coordinates")
    }
    return row(
      "measured TV",
      "\(short(found.value)); by chance \(short(found.nullMean)), at most \(short(found.nullHigh)) "
        + "with 95%", .l2)
  }

  /// The lines as sentences.
  func boundWords(_ state: WorkbenchState) -> [String]? {
    state.run.snapshot?.measurements.pathBound.map { bound in
      bound.sentences(delta: state.run.configuration.probe.delta).map { $0 + "." }
    }
  }
}

extension PathBound {
  /// Its terms as sentences without their ends.
  package func sentences(delta: Double) -> [String] {
    ErrorPane().boundLines(self, delta: delta).map { line in
      line.text.split(separator: " ").joined(separator: " ")
    }
  }
}
