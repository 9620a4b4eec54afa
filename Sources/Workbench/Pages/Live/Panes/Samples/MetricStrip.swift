import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// Sample metrics in rows: the value, where it lies in its null, the null's band, and the values over
/// the steps as small bars.
struct MetricStrip {
  /// The metrics shown, by name.
  let names: [String]
  /// What is known of them; nil before anything is.
  let metrics: [LiveMetric]?
  let marks: Marks

  /// The rows it takes.
  var height: Int { names.count + 1 }

  func draw(into canvas: inout Canvas, in area: Rect) {
    guard area.height > 1, area.width >= 24 else { return }
    let count = metrics?.lazy.compactMap { $0.result?.sampleCount }.first
    let heading = [
      "sample metrics", count.map { "\(grouped($0)) points" }, "90% of perfect samples",
    ]
    for line in marks.rows(of: heading.compactMap { $0 }, width: area.width, rows: 1) {
      canvas.write(line, in: area, style: Style(.muted))
    }
    for (index, name) in names.prefix(area.height - 1).enumerated() {
      let row = Rect(x: area.x, y: area.y + 1 + index, width: area.width, height: 1)
      draw(metrics?.first { $0.name == name } ?? LiveMetric(name: name), into: &canvas, in: row)
    }
  }

  private func draw(_ metric: LiveMetric, into canvas: inout Canvas, in row: Rect) {
    let nameWidth = (names.map { Self.label($0).count }.max() ?? 0) + 1
    canvas.write(
      marks.fit(Self.label(metric.name), width: nameWidth - 1), in: row, style: Style(.text))
    let rest = row.inset(left: nameWidth)
    guard let result = metric.result else {
      canvas.write(
        marks.fit(metric.obstacle ?? "drawing its null ...", width: rest.width), in: rest,
        style: Style(.muted))
      return
    }
    let verdict = Self.verdict(result.verdict, marks)
    // The word only where the band has room behind it.
    let isWide = rest.width >= 38
    var x = rest.x
    func write(_ text: String, width: Int, _ role: StyleRole) {
      canvas.write(text, x: x, y: row.y, limit: min(x + width, row.maxX), style: Style(role))
      x += width
    }
    write(NumberText.short(result.value, digits: 3), width: 9, .text)
    write(
      isWide ? verdict.text : String(verdict.text.prefix(1)), width: isWide ? 9 : 2, verdict.role)
    let ends = [result.nullLow, result.nullHigh].map { NumberText.short($0, digits: 2) }
    let band = ends.joined(separator: " to ")
    guard x + band.count <= row.maxX else { return }
    write(band, width: 18, .muted)
    Sparkline(metric.history.map(\.value), role: .learned, marks: marks).draw(
      into: &canvas,
      in: Rect(x: x, y: row.y, width: min(row.maxX - x, metric.history.count), height: 1))
  }

  /// A glyph and a word, so that colour is not needed.
  private static func verdict(
    _ verdict: MetricResult.Verdict, _ marks: Marks
  ) -> (text: String, role: StyleRole) {
    switch verdict {
    case .within: ("\(marks.pick("○", "=")) within", .good)
    case .above: ("\(marks.pick("▲", "^")) above", .warning)
    case .below: ("\(marks.pick("▼", "v")) below", .accent)
    }
  }

  /// A name in few characters.
  static func label(_ name: String) -> String {
    switch name {
    case "wasserstein1": "W1"
    case "wasserstein2": "W2"
    case "sliced_wasserstein1": "sliced W1"
    case "sliced_wasserstein2": "sliced W2"
    case "mmd": "MMD"
    case "c2st_neighbors": "C2ST"
    default: name
    }
  }
}

extension SamplesPane {
  /// The height of a pane that has room for metrics without being asked.
  private static let roomyHeight = 50

  /// Whether metrics stand below the samples.
  static func showsMetrics(_ state: WorkbenchState) -> Bool {
    if let isChosen = state.live.showsMetrics { return isChosen }
    return Layout(state: state).inner(ofPane: state.samplesPane).map { $0.height >= roomyHeight }
      ?? false
  }

  /// The metrics to be shown.
  static func metricNames(_ state: WorkbenchState) -> [String] {
    state.live.metrics
      ?? SampleMetricsMeasurement.standard(dimension: state.run.snapshot?.dimension ?? 2)
  }

  /// Draws the metrics at the foot of an area.
  ///
  /// - Returns: What is left for the samples.
  func drawMetrics(
    _ state: WorkbenchState, into canvas: inout Canvas, in area: Rect
  ) -> Rect {
    guard Self.showsMetrics(state), let snapshot = state.run.snapshot else { return area }
    let strip = MetricStrip(
      names: Self.metricNames(state), metrics: snapshot.sampleMetrics, marks: state.marks)
    // The samples keep more than half of a low pane.
    let (rest, foot) = area.splitBottom(rows: min(strip.height, (area.height - 1) / 2))
    strip.draw(into: &canvas, in: foot)
    return rest
  }
}
