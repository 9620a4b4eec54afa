import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// Training loss, held-out loss and Bayes floor over the steps; of Huber's the exact score's
/// in place of the floor.
struct LossPane: Pane {
  let title = "Loss"

  var commands: [Command] { Self.commands }

  func note(_ state: WorkbenchState) -> String {
    guard let smoothed = state.run.snapshot?.history.smoothed else { return "" }
    return "now \(NumberText.short(smoothed, digits: 4))"
  }

  func measurements(_ state: WorkbenchState) -> [any Measurement.Type] {
    [FloorMeasurement.self, HeldOutMeasurement.self]
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    guard let snapshot = state.run.snapshot, !snapshot.history.buckets.isEmpty else {
      canvas.write("no step taken yet: Space trains, s steps", in: area, style: Style(.muted))
      return
    }
    var chart = LineChart(
      series: series(snapshot, columns: area.width),
      levels: snapshot.floor.map { floor in
        [
          LineChart.Level(
            floor.value, label: "\(name(of: floor)) \(NumberText.short(floor.value))", role: .floor,
            uncertainty: floor.error.isFinite ? 2 * floor.error : 0)
        ]
      } ?? [],
      events: snapshot.edits.map { LineChart.Event(x: Double($0.step), label: shortLabel($0)) },
      x: AxisSettings(
        "step", scale: state.live.isStepLogarithmic ? .logarithmic : .linear,
        lower: state.live.isStepLogarithmic ? 1 : 0, upper: Double(max(10, snapshot.step))),
      y: AxisSettings(
        snapshot.configuration.objective.make().isHuber ? "Huber loss" : "loss",
        scale: state.live.isLossLogarithmic ? .logarithmic : .linear),
      marks: state.marks)
    limitSpikes(&chart, snapshot)
    chart.draw(into: &canvas, in: area)
  }

  /// The least Huber loss is not known, only that it is at most the exact score's.
  private func name(of floor: BayesFloor) -> String { floor.isLeast ? "floor" : "exact score" }

  private func series(_ snapshot: Snapshot, columns: Int) -> [LineChart.Series] {
    let buckets = snapshot.history.buckets
    let steps = buckets.map(\.middleStep)
    var series = [
      LineChart.Series(
        "batches", x: steps, y: buckets.map(\.minimum), upper: buckets.map(\.maximum),
        role: .muted, form: .band),
      LineChart.Series(
        "smoothed", x: steps, y: buckets.map(\.smoothed), role: .training,
        stroke: Stroke(.solid, ascii: "*")),
    ]
    if let floor = snapshot.floor, !snapshot.heldOut.isEmpty {
      series.append(
        LineChart.Series(
          "held-out", x: snapshot.heldOut.map { Double($0.step) },
          y: snapshot.heldOut.map { floor.value + $0.excess }, role: .heldOut,
          stroke: Stroke(.dashed, ascii: "o")))
    }
    return series
  }

  /// Keeps the first steps and single batches from flattening the rest: the axis ends a little
  /// above almost all of the smoothed curve, and what is beyond is cut off there.
  private func limitSpikes(_ chart: inout LineChart, _ snapshot: Snapshot) {
    let buckets = snapshot.history.buckets
    let smoothed = buckets.map(\.smoothed).sorted()
    guard let bottom = smoothed.first else { return }
    // On few steps all of the curve is the start; later the highest tenth is.
    let top = smoothed[(smoothed.count - 1) * (snapshot.step < 200 ? 10 : 9) / 10]
    let low = min(bottom, snapshot.floor?.value ?? bottom)
    let span = max(top - low, 0.02 * abs(top))
    let batches = buckets.suffix(buckets.count / 2 + 1).map(\.minimum).min() ?? low
    chart.y.upper = top + 0.6 * span
    chart.y.lower = max(batches, low - 0.6 * span)
    if chart.y.scale == .logarithmic {
      chart.y.upper = buckets.map(\.smoothed).max()
      chart.y.lower = max(batches, 0.5 * low)
    }
  }

  /// The changed quantity and its new value, such as `rate 0.01`.
  private func shortLabel(_ edit: EditMark) -> String {
    let words = edit.label.split(separator: " ")
    let name = words.first?.split(separator: "_").last ?? ""
    return words.count == 4 ? "\(name) \(words[3])" : String(name)
  }
}
