import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// How many dimensions the score finds: `d - sigma^2 E||s||^2` over the noise levels.
extension ErrorPane {
  func drawDimension(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    guard let found = state.run.snapshot?.measurements.foundDimensions else {
      canvas.write("measuring the dimension ...", in: area, style: Style(.muted))
      return
    }
    var rest = area
    for line in dimensionLines(found, state).prefix(area.height < 8 ? 1 : 2) {
      let parts = rest.splitTop(rows: 1)
      canvas.write(
        state.marks.fit(line.text, width: parts.top.width), in: parts.top, style: Style(line.role))
      rest = parts.rest
    }
    let times = found.levels.map(\.time)
    let intervals = found.levels.map(\.learned.interval)
    let window = state.top.window(of: title)
    let inner = LineChart(
      series: [
        .init(
          "95%", x: times, y: intervals.map(\.lowerBound), upper: intervals.map(\.upperBound),
          role: .muted, form: .band, stroke: Stroke(.dotted, ascii: ".")),
        .init(
          "exact", x: times, y: found.levels.map(\.exact.value), role: .floor,
          stroke: Stroke(.dashed, ascii: "e")),
        .init(
          "learned", x: times, y: found.levels.map(\.learned.value), role: .quantile,
          stroke: Stroke(.solid, ascii: "*")),
      ],
      events: [.init(x: times[levelIndex(found, state)], label: "t", role: .accent)],
      x: window.x(AxisSettings("noise level: time t", scale: .logarithmic)),
      y: window.y(
        AxisSettings("dimension, of \(found.dimension)", lower: 0, upper: Double(found.dimension))),
      marks: state.marks
    ).draw(into: &canvas, in: rest)
    registerLevels(into: &canvas, in: inner)
  }

  private func levelIndex(_ found: FoundDimensions, _ state: WorkbenchState) -> Int {
    min(state.live.levelIndex, found.levels.count - 1)
  }

  private func dimensionLines(_ found: FoundDimensions, _ state: WorkbenchState) -> [Number] {
    let level = found.levels[levelIndex(found, state)]
    let sides = level.learned.interval
    let learned =
      "learned \(short(level.learned.value)) (\(short(sides.lowerBound)), \(short(sides.upperBound)))"
    return [
      (
        "t \(NumberText.short(level.time, digits: 2)), sigma \(short(level.level.sigma)): "
          + "\(learned), exact \(short(level.exact.value)), of \(found.dimension)", .text
      ),
      ("d - sigma^2 E||s||^2: the manifold's dimension where sigma is small", .muted),
    ]
  }

  private func short(_ value: Double) -> String { NumberText.short(value, digits: 3) }

  /// The lines as sentences.
  func dimensionWords(_ state: WorkbenchState) -> [String]? {
    state.run.snapshot?.measurements.foundDimensions.map { found in
      dimensionLines(found, state).map { $0.text + "." }
    }
  }
}
