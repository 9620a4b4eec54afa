import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory
import TermPlot

/// One of the parts of the error, as it is drawn.
private struct ErrorPart: Sendable {
  let label: String
  let role: StyleRole
  let stroke: Stroke
  let errors: @Sendable (ErrorParts.Level) -> ScoreErrorDistribution?

  /// Those that add up to the whole at least.
  static let all = [
    ErrorPart(
      label: "approximation", role: .markov, stroke: Stroke(.dashed, ascii: "a"),
      errors: \.approximation),
    ErrorPart(
      label: "statistical", role: .quantile, stroke: Stroke(.dotted, ascii: "s"),
      errors: \.statistical),
    ErrorPart(
      label: "optimisation", role: .l2, stroke: Stroke(.solid, ascii: "o"), errors: \.optimization),
    // Without a training set two of them cannot be told apart.
    ErrorPart(
      label: "other than class", role: .l2, stroke: Stroke(.solid, ascii: "r"),
      errors: { $0.optimization == nil ? $0.rest : nil }),
  ]

  static let whole = ErrorPart(
    label: "whole", role: .text, stroke: Stroke(.solid, ascii: "w"), errors: \.whole)
}

/// What the error is made of: bars at one level with their inequalities, and curves at all levels.
extension ErrorPane {
  func drawParts(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    guard let (found, level) = partsInView(state) else {
      canvas.write("measuring the parts of the error ...", in: area, style: Style(.muted))
      return
    }
    let delta = state.run.configuration.probe.delta
    var rest = area
    for line in found.minimisers.standingWords {
      // The bars keep most of a low pane.
      for text in state.marks.wrap(line, width: rest.width, rows: rest.height >= 14 ? 2 : 1) {
        let parts = rest.splitTop(rows: 1)
        canvas.write(text, in: parts.top, style: Style(.muted))
        rest = parts.rest
      }
    }
    rest = drawBars(level, "L2", state, into: &canvas, in: rest) { errors in
      let (low, high) = (errors.l2Interval.lowerBound, errors.l2Interval.upperBound)
      return (errors.l2, interval(errors.l2, low, high))
    }
    rest = write(l2Inequality(level), into: &canvas, in: rest, state)
    rest = drawBars(level, "D_\(NumberText.short(delta))", state, into: &canvas, in: rest) {
      let quantile = $0.quantileEstimate(delta: delta)
      guard let value = quantile.value else { return (nil, unknown(quantile)) }
      let (low, high) = (quantile.interval.lowerBound, quantile.interval.upperBound)
      return (value, interval(value, low, high))
    }
    rest = write(quantileInequality(level, delta: delta), into: &canvas, in: rest, state)
    drawPartCurves(found, level, delta: delta, state, into: &canvas, in: rest)
  }

  private func partsInView(_ state: WorkbenchState) -> (ErrorParts, ErrorParts.Level)? {
    guard let found = state.run.snapshot?.measurements.errorParts, !found.levels.isEmpty else {
      return nil
    }
    return (found, found.levels[min(state.live.levelIndex, found.levels.count - 1)])
  }

  private func interval(_ value: Double, _ low: Double, _ high: Double) -> String {
    "\(NumberText.short(value)) "
      + "(\(NumberText.short(low, digits: 2)), \(NumberText.short(high, digits: 2)))"
  }

  private func unknown(_ quantile: QuantileEstimate) -> String {
    guard case .unknown(let needed) = quantile.standing else { return "" }
    return "unknown: \(quantile.count) of \(needed) points"
  }

  // MARK: - Bars

  /// Draws a bar for each part and the whole, with its number and interval.
  ///
  /// - Returns: What is left of the area.
  private func drawBars(
    _ level: ErrorParts.Level, _ measure: String, _ state: WorkbenchState,
    into canvas: inout Canvas, in area: Rect,
    _ value: (ScoreErrorDistribution) -> (number: Double?, text: String)
  ) -> Rect {
    let bars = (ErrorPart.all + [.whole]).compactMap { part in
      part.errors(level).map { (part: part, value: value($0)) }
    }
    let largest = bars.compactMap(\.value.number).max() ?? 0
    // Names, numbers and a gap; the bar has what is left.
    let (nameWidth, textWidth) = (measure.count + 18, 24)
    var rest = area
    for bar in bars {
      let parts = rest.splitTop(rows: 1)
      let name = measure + " " + bar.part.label
      let text =
        name + String(repeating: " ", count: max(1, nameWidth - name.count)) + bar.value.text
      canvas.write(
        state.marks.fit(text, width: parts.top.width), in: parts.top, style: Style(bar.part.role))
      let room = parts.top.width - nameWidth - textWidth
      if room >= 6, largest > 0, let number = bar.value.number {
        let length = max(1, Int((number / largest * Double(room)).rounded()))
        canvas.write(
          String(repeating: state.marks.isUnicode ? "█" : "#", count: length),
          in: parts.top.inset(left: nameWidth + textWidth), style: Style(bar.part.role))
      }
      rest = parts.rest
    }
    return rest
  }

  /// Writes a line where there is room and something to write.
  ///
  /// - Returns: What is left of the area.
  private func write(
    _ line: String?, into canvas: inout Canvas, in area: Rect, _ state: WorkbenchState
  ) -> Rect {
    guard let line else { return area }
    let parts = area.splitTop(rows: 1)
    canvas.write(
      state.marks.fit(line, width: parts.top.width), in: parts.top, style: Style(.muted))
    return parts.rest
  }

  private func l2Inequality(_ level: ErrorParts.Level) -> String? {
    guard let l2 = level.l2, let squares = level.squares else { return nil }
    let count = squares.parts.count
    let short = { (number: Double) in NumberText.short(number) }
    return "whole \(short(l2.whole)) <= sum \(short(l2.sum)); "
      + "whole^2 \(short(squares.whole)) <= \(count) x squares "
      + short(Double(count) * squares.sum)
  }

  private func quantileInequality(_ level: ErrorParts.Level, delta: Double) -> String? {
    guard let sum = level.quantiles(delta: delta) else { return nil }
    let share = NumberText.short(Double(sum.parts.count) * delta)
    return "whole D_\(share) \(NumberText.short(sum.whole)) <= sum \(NumberText.short(sum.sum))"
  }

  // MARK: - Curves

  /// L2 of the parts at all levels, and D_delta next to it or below it where there is room.
  private func drawPartCurves(
    _ found: ErrorParts, _ level: ErrorParts.Level, delta: Double, _ state: WorkbenchState,
    into canvas: inout Canvas, in area: Rect
  ) {
    guard area.height >= 7 else { return }
    let isWide = area.width >= 90
    let hasTwo = isWide || area.height >= 18
    let halves = area.splitLeft(columns: area.width / 2)
    let parts =
      isWide
      // Legends end at the right: without a gap those of the two plots are one.
      ? (left: halves.left.inset(right: 2), rest: halves.rest)
      : (
        left: area.splitTop(rows: hasTwo ? area.height / 2 : area.height).top,
        rest: area.splitTop(rows: hasTwo ? area.height / 2 : area.height).rest
      )
    drawCurves(found, level, "L2", state, into: &canvas, in: parts.left) { $0.l2 }
    guard hasTwo else { return }
    let name = "D_\(NumberText.short(delta))"
    drawCurves(found, level, name, state, into: &canvas, in: parts.rest) {
      knownQuantile($0, delta: delta) ?? .nan
    }
  }

  private func drawCurves(
    _ found: ErrorParts, _ level: ErrorParts.Level, _ measure: String, _ state: WorkbenchState,
    into canvas: inout Canvas, in area: Rect, _ value: (ScoreErrorDistribution) -> Double
  ) {
    let times = found.levels.map(\.whole.time)
    let window = state.top.window(of: title)
    let series = ErrorPart.all.compactMap { part -> LineChart.Series? in
      guard part.errors(level) != nil else { return nil }
      return LineChart.Series(
        part.label, x: times, y: found.levels.map { part.errors($0).map(value) ?? .nan },
        role: part.role, stroke: part.stroke)
    }
    let inner = LineChart(
      series: series, events: [.init(x: level.whole.time, label: "t", role: .accent)],
      x: window.x(AxisSettings("noise level: time t", scale: .logarithmic)),
      y: window.y(AxisSettings(measure, scale: .logarithmic)), marks: state.marks
    ).draw(into: &canvas, in: area)
    registerLevels(into: &canvas, in: inner)
  }
}

// MARK: - Words

extension ErrorPane {
  /// The parts as sentences.
  func partWords(_ state: WorkbenchState) -> [String]? {
    guard let (found, level) = partsInView(state) else { return nil }
    let delta = state.run.configuration.probe.delta
    let parts = (ErrorPart.all + [.whole]).compactMap { part in
      part.errors(level).map { errors in
        let quantile = errors.quantileEstimate(delta: delta)
        return "\(part.label) L2 \(NumberText.short(errors.l2)), D_\(NumberText.short(delta)) "
          + (quantile.value.map { NumberText.short($0) } ?? unknown(quantile))
      }
    }
    let place = "Parts of the error at time \(NumberText.short(level.whole.time, digits: 2)): "
    return [place + parts.joined(separator: "; ") + "."]
      + found.minimisers.standingWords.map { $0 + "." }
      + [l2Inequality(level), quantileInequality(level, delta: delta)].compactMap { $0 }
      .map { $0 + "." }
  }
}
