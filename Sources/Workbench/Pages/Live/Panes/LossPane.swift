import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// Training loss, held-out loss and Bayes floor over the steps; of Huber's the exact score's
/// in place of the floor.
struct LossPane: Pane {
  let title = "Loss"
  let hasPlots = true

  var commands: [Command] { Self.commands }

  func note(_ state: WorkbenchState) -> String {
    guard let smoothed = state.run.snapshot?.history.smoothed else { return "" }
    switch state.live.lossView {
    case .curve: break
    case .excess: return "excess by noise level"
    case .levels: return "floor + excess by noise level"
    case .kernel, .features, .gradients: return networkNote(state)
    }
    return "now \(NumberText.short(smoothed, digits: 4))"
  }

  func measurements(_ state: WorkbenchState) -> [any Measurement.Type] {
    switch state.live.lossView {
    case .curve: [FloorMeasurement.self, HeldOutMeasurement.self]
    case .excess, .levels:
      [FloorMeasurement.self, HeldOutMeasurement.self, LevelLossesMeasurement.self]
    case .kernel:
      [FloorMeasurement.self, HeldOutMeasurement.self, TangentRankMeasurement.self]
    case .features:
      [FloorMeasurement.self, HeldOutMeasurement.self, FeatureLevelMeasurement.self]
    case .gradients:
      [
        FloorMeasurement.self, HeldOutMeasurement.self, LevelLossesMeasurement.self,
        GradientLevelMeasurement.self,
      ]
    }
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    if let snapshot = state.run.snapshot, let judged = snapshot.judged {
      let lines = JudgedLoss(snapshot: snapshot, judged: judged, marks: state.marks).lines
      return TextBlock(lines, marks: state.marks).draw(into: &canvas, in: area.inset(left: 1))
    }
    guard let snapshot = state.run.snapshot, !snapshot.history.buckets.isEmpty else {
      canvas.write("no step taken yet: Space trains, s steps", in: area, style: Style(.muted))
      return
    }
    switch state.live.lossView {
    case .curve: break
    case .excess, .levels: return drawLevels(state, into: &canvas, in: area)
    case .kernel, .features, .gradients: return drawNetwork(state, into: &canvas, in: area)
    }
    var chart = LineChart(
      series: series(snapshot, columns: area.width), levels: [floor(snapshot)].compactMap { $0 },
      events: snapshot.edits.map(event) + [best(snapshot)].compactMap { $0 },
      x: AxisSettings(
        "step", scale: state.live.isStepLogarithmic ? .logarithmic : .linear,
        lower: state.live.isStepLogarithmic ? 1 : 0, upper: Double(max(10, snapshot.step))),
      y: AxisSettings(
        snapshot.configuration.objective.make().isHuber ? "Huber loss" : "loss",
        scale: state.live.isLossLogarithmic ? .logarithmic : .linear),
      marks: state.marks)
    limitSpikes(&chart, snapshot)
    keepInView(&chart, snapshot)
    chart.series.insert(batches(snapshot, columns: area.width, on: chart.frame.y), at: 0)
    let window = state.top.window(of: title)
    (chart.x, chart.y) = (window.x(chart.x), window.y(chart.y))
    chart.draw(into: &canvas, in: area)
  }

  /// The newest of the curve.
  func focalPoint(_ state: WorkbenchState) -> (x: Double, y: Double)? {
    guard state.live.lossView == .curve, let newest = state.run.snapshot?.history.buckets.last
    else { return nil }
    return (newest.middleStep, newest.smoothed)
  }

  private func floor(_ snapshot: Snapshot) -> LineChart.Level? {
    snapshot.floor.map { floor in
      LineChart.Level(
        floor.value, label: "\(name(of: floor)) \(NumberText.short(floor.value))", role: .floor,
        uncertainty: floor.error.isFinite ? 2 * floor.error : 0)
    }
  }

  /// The least Huber loss is not known, only that it is at most the exact score's.
  private func name(of floor: BayesFloor) -> String { floor.isLeast ? "floor" : "exact score" }

  private func series(_ snapshot: Snapshot, columns: Int) -> [LineChart.Series] {
    let buckets = snapshot.history.buckets
    let steps = buckets.map(\.middleStep)
    var series = [
      LineChart.Series(
        "smoothed", x: steps, y: buckets.map(\.smoothed), role: .training,
        stroke: Stroke(.solid, ascii: "*"))
    ]
    if let floor = snapshot.floor, !snapshot.heldOut.isEmpty {
      let points = thinned(snapshot.heldOut, to: max(8, columns / 2))
      series.append(
        LineChart.Series(
          "held-out", x: points.map { Double($0.step) }, y: points.map { floor.value + $0.excess },
          role: .heldOut, form: .points(.square), stroke: Stroke(.dashed, ascii: "o")))
    }
    return series
      + RunComparison.series(snapshot, "loss") { other in
        let buckets = other.curve.history.buckets
        return (buckets.map(\.middleStep), buckets.map(\.smoothed))
      }
  }

  /// How single batches spread: between tenths, or between quarters where the tenths would fill the
  /// plot.
  private func batches(_ snapshot: Snapshot, columns: Int, on axis: Axis) -> LineChart.Series {
    func band(_ label: String, tail: Double) -> LineChart.Series {
      let spreads = snapshot.history.spreads(atMost: max(8, columns - 8), tail: tail)
      return LineChart.Series(
        label, x: spreads.map(\.step), y: spreads.map(\.lower), upper: spreads.map(\.upper),
        role: .muted, form: .band, stroke: Stroke(.dotted, ascii: "."), name: "batches")
    }
    let wide = band("batches 10-90%", tail: 0.1)
    let heights = zip(wide.y, wide.upper).suffix(wide.y.count / 2 + 1).compactMap { low, high in
      axis.fraction(of: low).flatMap { low in axis.fraction(of: high).map { $0 - low } }
    }.sorted()
    let usual = heights.isEmpty ? 0 : heights[heights.count / 2]
    return usual <= 0.5 ? wide : band("batches 25-75%", tail: 0.25)
  }

  /// As many points as can be told apart, the last among them.
  private func thinned(_ points: [HeldOutPoint], to count: Int) -> [HeldOutPoint] {
    let stride = max(1, (points.count + count - 1) / count)
    return points.enumerated().filter { (points.count - 1 - $0.offset) % stride == 0 }
      .map(\.element)
  }

  /// Where the held-out loss was least, once it has been measured often enough to have a least.
  private func best(_ snapshot: Snapshot) -> LineChart.Event? {
    guard let floor = snapshot.floor, snapshot.heldOut.count >= 3,
      let best = snapshot.heldOut.min(by: { $0.excess < $1.excess })
    else { return nil }
    let value = NumberText.short(floor.value + best.excess)
    return LineChart.Event(
      x: Double(best.step), label: "best held-out \(value)", short: "best", role: .heldOut)
  }

  /// Keeps the first steps and single batches from flattening the rest: the axis ends a little
  /// above almost all of the smoothed curve, and what is beyond is cut off there.
  private func limitSpikes(_ chart: inout LineChart, _ snapshot: Snapshot) {
    let buckets = snapshot.history.buckets
    let smoothed = buckets.map(\.smoothed).sorted()
    guard let bottom = smoothed.first else { return }
    // On few steps all of the curve is the start; later the highest tenth is.
    let top = smoothed[(smoothed.count - 1) * (snapshot.step < 200 ? 10 : 9) / 10]
    let span = max(top - bottom, 0.02 * abs(top))
    let batches = buckets.suffix(buckets.count / 2 + 1).map(\.minimum).min() ?? bottom
    chart.y.upper = top + 0.6 * span
    chart.y.lower = max(batches, bottom - 0.6 * span)
    if chart.y.scale == .logarithmic {
      chart.y.upper = buckets.map(\.smoothed).max()
      chart.y.lower = max(batches, 0.5 * bottom)
    }
  }

  /// Keeps the floor and the newest held-out loss in view, unless they would take more room than the
  /// curve; then the edge says their values.
  private func keepInView(_ chart: inout LineChart, _ snapshot: Snapshot) {
    guard let lower = chart.y.lower, let upper = chart.y.upper else { return }
    var values = [floor(snapshot)].compactMap { $0 }
    if let floor = snapshot.floor, let newest = snapshot.heldOut.last {
      let value = floor.value + newest.excess
      values.append(
        LineChart.Level(value, label: "held-out \(NumberText.short(value))", role: .heldOut))
    }
    // On a logarithmic axis everything positive is near.
    let reach = chart.y.scale == .logarithmic ? Double.infinity : upper - lower
    for value in values.map(\.value) where value.isFinite {
      let margin = 0.05 * (upper - lower)
      if value < lower, lower - value <= reach {
        chart.y.lower = min(chart.y.lower ?? value, value - margin)
      }
      if value > upper, value - upper <= reach {
        chart.y.upper = max(chart.y.upper ?? value, value + margin)
      }
    }
    if chart.y.scale == .logarithmic, let least = values.map(\.value).filter({ $0 > 0 }).min() {
      chart.y.lower = min(lower, 0.9 * least)
    }
    chart.beyond = values
  }

  /// The changed quantity and its new value, such as `rate 0.01`; of several the first.
  private func event(_ edit: EditMark) -> LineChart.Event {
    let changes = edit.label.split(separator: ",")
    let words = changes.first?.split(separator: " ") ?? []
    let name = words.first?.split(separator: "_").last ?? ""
    let more = changes.count > 1 ? " +\(changes.count - 1)" : ""
    let value = words.count == 4 ? String(words[3]) : ""
    return LineChart.Event(
      x: Double(edit.step), label: value.isEmpty ? String(name) : "\(name) \(value)\(more)",
      short: value)
  }
}
