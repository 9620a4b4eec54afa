import NumberFormatting
import ScoreLab
import TermPlot

/// What the network itself is like by noise level: its tangent kernel, the features of its last layer, and
/// its gradients.
///
/// Source: Yao et al. 2026 (arXiv:2605.10790), which looks for what lies behind the loss by noise level in them.
extension LossPane {
  /// Numbers of the chosen level, a chart over the levels, and with room a second one.
  struct NetworkPicture {
    var times: [Double]
    var step: Int
    var lines: [(text: String, role: StyleRole)]
    var upper: LineChart
    var lower: LineChart?
  }

  /// How a view stands.
  enum NetworkStanding {
    case measuring(String)
    case missing(NetworkObstacle)
    case known(NetworkPicture)
  }

  private func standing(_ state: WorkbenchState) -> NetworkStanding {
    switch state.live.lossView {
    case .kernel:
      stand(state.run.snapshot?.measurements.tangentRanks, "the tangent kernel") {
        kernelPicture($0, step: $1, state)
      }
    case .features:
      stand(state.run.snapshot?.measurements.featureLevels, "the features") {
        featurePicture($0, step: $1, state)
      }
    case .gradients:
      stand(state.run.snapshot?.measurements.gradientLevels, "the gradients") {
        gradientPicture($0, step: $1, state)
      }
    case .curve, .excess, .levels: .measuring("the loss")
    }
  }

  private func stand<Level>(
    _ found: NetworkLevels<Level>?, _ what: String,
    _ picture: ([Level], Int) -> NetworkPicture
  ) -> NetworkStanding {
    switch found {
    case nil: .measuring(what)
    case .missing(let obstacle): .missing(obstacle)
    case .known(let step, let levels): .known(picture(levels, step))
    }
  }

  /// What the title says of the view.
  func networkNote(_ state: WorkbenchState) -> String {
    let name =
      switch state.live.lossView {
      case .kernel: "tangent kernel"
      case .features: "features"
      case .gradients: "gradients"
      case .curve, .excess, .levels: "loss"
      }
    guard case .known(let picture) = standing(state) else { return name }
    return "\(name) by noise level, step \(NumberText.short(Double(picture.step)))"
  }

  func drawNetwork(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    switch standing(state) {
    case .measuring(let what):
      canvas.write("measuring \(what) ...", in: area, style: Style(.muted))
    case .missing(let obstacle):
      let rows = state.marks.wrap(obstacle.text, width: area.width, rows: area.height)
      for (row, text) in rows.enumerated() {
        canvas.write(text, in: area.inset(top: row), style: Style(.muted))
      }
    case .known(let picture): draw(picture, state, into: &canvas, in: area)
    }
  }

  private func draw(
    _ picture: NetworkPicture, _ state: WorkbenchState, into canvas: inout Canvas, in area: Rect
  ) {
    var rest = area
    let count = area.height < 8 ? 1 : area.height < 12 ? 2 : picture.lines.count
    for line in picture.lines.prefix(count) {
      let parts = rest.splitTop(rows: 1)
      canvas.write(
        state.marks.fit(line.text, width: parts.top.width), in: parts.top, style: Style(line.role))
      rest = parts.rest
    }
    let hasTwo = picture.lower != nil && rest.height >= 14
    let (upper, lower) = rest.splitTop(rows: hasTwo ? rest.height / 2 : rest.height)
    let inner = picture.upper.draw(into: &canvas, in: upper)
    registerLevels(into: &canvas, in: inner, times: picture.times)
    guard hasTwo, let chart = picture.lower else { return }
    let below = chart.draw(into: &canvas, in: lower)
    registerLevels(into: &canvas, in: below, times: picture.times)
  }

  /// The numbers of the chosen level as sentences.
  func networkWords(_ state: WorkbenchState) -> [String] {
    switch standing(state) {
    case .measuring: []
    case .missing(let obstacle): [obstacle.text + "."]
    case .known(let picture): picture.lines.map { $0.text + "." }
    }
  }

  // MARK: - What the views share

  func levelIndex(_ count: Int, _ state: WorkbenchState) -> Int {
    min(state.live.levelIndex, count - 1)
  }

  func levelChart(
    _ series: [LineChart.Series], times: [Double], y: AxisSettings, _ state: WorkbenchState
  ) -> LineChart {
    let window = state.top.window(of: title)
    return LineChart(
      series: series,
      events: [.init(x: times[levelIndex(times.count, state)], label: "t", role: .accent)],
      x: window.x(AxisSettings("noise level: time t", scale: .logarithmic)), y: window.y(y),
      marks: state.marks)
  }

  /// The interval of a series.
  func band(_ times: [Double], _ intervals: [ClosedRange<Double>]) -> LineChart.Series {
    .init(
      "95%", x: times, y: intervals.map(\.lowerBound), upper: intervals.map(\.upperBound),
      role: .muted, form: .band, stroke: Stroke(.dotted, ascii: "."))
  }

  func short(time: Double) -> String { "t \(NumberText.short(time, digits: 2))" }

  /// A number with its interval.
  func text(_ number: DrawnNumber, times factor: Double = 1) -> String {
    text(
      factor * number.value, factor * number.interval.lowerBound,
      factor * number.interval.upperBound)
  }

  func text(_ value: Double, _ low: Double, _ high: Double) -> String {
    func short(_ number: Double, _ digits: Int) -> String {
      number.isFinite ? NumberText.short(number, digits: digits) : "unknown"
    }
    return "\(short(value, 3)) (\(short(low, 2)), \(short(high, 2)))"
  }
}
