import NumberFormatting
import RunDatabase
import ScoreLab
import TermPlot

/// A series of the chosen runs over each other, or of the selected one.
struct RunCurvesPane: Pane {
  let title = "Curves"
  let hasPlots = true

  var commands: [Command] { Self.commands }

  func note(_ state: WorkbenchState) -> String {
    let names = Self.seriesNames(state)
    guard let place = names.firstIndex(of: Self.shownSeries(state)) else { return "" }
    return "\(names[place]) \(place + 1)/\(names.count)"
  }

  /// The names of the series that the runs looked at have.
  static func seriesNames(_ state: WorkbenchState) -> [String] {
    let runs = state.curveRuns.compactMap { state.runsPage.message?.runs[$0] }
    let names = Set(runs.flatMap { $0.series.filter { $0.value.steps.count > 1 }.keys })
    let first = ["loss", "held_out_excess", "l2", "d_delta"].filter(names.contains)
    return first + names.subtracting(first).sorted()
  }

  /// The series that is drawn: the chosen one where there is such a one.
  static func shownSeries(_ state: WorkbenchState) -> String {
    let names = seriesNames(state)
    return names.contains(state.runsPage.series) ? state.runsPage.series : names.first ?? "loss"
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    let name = Self.shownSeries(state)
    let curves = curves(state, name)
    guard !curves.isEmpty else {
      let isRead = state.curveRuns.allSatisfy { state.runsPage.message?.runs[$0] != nil }
      let words = state.curveRuns.isEmpty ? "" : isRead ? "no series is kept" : "reading ..."
      canvas.write(words, in: area, style: Style(.muted))
      return
    }
    var chart = LineChart(
      series: curves,
      x: AxisSettings(
        "step", scale: state.runsPage.isStepLogarithmic ? .logarithmic : .linear,
        lower: state.runsPage.isStepLogarithmic ? nil : 0),
      y: AxisSettings(
        name, scale: state.runsPage.isValueLogarithmic ? .logarithmic : .linear),
      marks: state.marks)
    let window = state.runsPage.window(of: title)
    (chart.x, chart.y) = (window.x(chart.x), window.y(chart.y))
    chart.draw(into: &canvas, in: area)
  }

  private func curves(_ state: WorkbenchState, _ name: String) -> [LineChart.Series] {
    state.curveRuns.enumerated().compactMap { place, run in
      guard let series = state.runsPage.message?.runs[run]?.series[name], series.steps.count > 1
      else { return nil }
      let name = state.keptRun(run)?.name ?? "\(run)"
      guard !state.runsPage.chosen.isEmpty else {
        return LineChart.Series(
          name, x: series.steps, y: series.values, role: .training,
          stroke: Stroke(.solid, ascii: "*"))
      }
      // The list has the names of the letters; a key of six names has no room.
      let letter = RunLook.letter(place)
      return LineChart.Series(
        letter, x: series.steps, y: series.values, role: RunLook.role(place),
        stroke: RunLook.stroke(place), name: "\(letter) \(name)")
    }
  }
}
