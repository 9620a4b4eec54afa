import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// How far the samples have the data's density along a circle: the angles of the newest samples against the
/// exact ones, and their divergence over the steps.
extension ErrorPane {
  func drawRefine(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    guard let density = state.run.snapshot?.measurements.angularDensity else {
      canvas.write("sampling the angle ...", in: area, style: Style(.muted))
      return
    }
    guard !density.exact.isEmpty else {
      canvas.write(
        state.marks.fit(Self.noCircle, width: area.width), in: area, style: Style(.muted))
      return
    }
    var rest = area
    for line in refineLines(density).prefix(area.height < 8 ? 1 : 2) {
      let parts = rest.splitTop(rows: 1)
      let text = line.text.count <= parts.top.width ? line.text : shortLine(line, density)
      canvas.write(
        state.marks.fit(text, width: parts.top.width), in: parts.top, style: Style(line.role))
      rest = parts.rest
    }
    let hasTwo = rest.height >= 14
    let (upper, lower) = rest.splitTop(rows: hasTwo ? rest.height / 2 : rest.height)
    angles(density, state).draw(into: &canvas, in: upper)
    if hasTwo { divergences(density, state).draw(into: &canvas, in: lower) }
  }

  private static let noCircle = "the angle is that of the distribution circle"

  private func angles(_ density: AngularDensity, _ state: WorkbenchState) -> LineChart {
    let bins = density.exact.count
    let width = 2 * Double.pi / Double(bins)
    let middles = (0..<bins).map { (Double($0) + 0.5) * width - Double.pi }
    let window = state.top.window(of: title)
    return LineChart(
      series: [
        .init(
          "samples", x: middles, y: density.shares.map { $0 / width }, role: .learned,
          form: .bars(width: width, offset: 0), stroke: Stroke(.solid, ascii: "*")),
        .init(
          "exact", x: middles, y: density.exact.map { $0 / width }, role: .exact,
          stroke: Stroke(.dashed, ascii: "e")),
      ],
      x: window.x(AxisSettings("angle", lower: -Double.pi, upper: Double.pi)),
      y: window.y(AxisSettings("density", lower: 0)), marks: state.marks)
  }

  private func divergences(_ density: AngularDensity, _ state: WorkbenchState) -> LineChart {
    let steps = density.history.map { Double($0.step) }
    let window = state.top.window(of: title)
    let isLogarithmic = state.live.isStepLogarithmic
    return LineChart(
      series: [
        .init(
          "angular KL", x: steps, y: density.history.map(\.value), role: .quantile,
          stroke: Stroke(.solid, ascii: "*"))
      ],
      levels: [
        .init(
          density.null.upperBound, label: "null 95% \(short(density.null.upperBound))", role: .floor
        ),
        .init(density.uniform, label: "uniform \(short(density.uniform))", role: .muted),
      ].filter { $0.value > 0 },
      x: AxisSettings(
        "step", scale: isLogarithmic ? .logarithmic : .linear, lower: isLogarithmic ? 1 : 0,
        upper: Double(max(10, density.step))),
      y: window.y(AxisSettings("angular KL", scale: .logarithmic)), marks: state.marks)
  }

  /// Where the divergence is among those of exact angles.
  private func standing(_ density: AngularDensity) -> String {
    if density.divergence > density.null.upperBound { return "above the null" }
    return density.divergence < density.null.lowerBound ? "below the null" : "in the null"
  }

  /// The first line for a pane of half a small screen.
  private func shortLine(_ line: Number, _ density: AngularDensity) -> String {
    line.role == .text
      ? "angular KL \(short(density.divergence)), \(standing(density))" : line.text
  }

  func refineLines(_ density: AngularDensity) -> [Number] {
    let (low, high) = (density.null.lowerBound, density.null.upperBound)
    return [
      (
        "angular KL \(short(density.divergence)) nats, \(standing(density)) (\(short(low)) to "
          + "\(short(high))); a uniform angle has \(short(density.uniform))", .text
      ),
      (
        "angles of \(grouped(density.sampleCount)) samples in \(density.exact.count) bins", .muted
      ),
    ]
  }

  private func short(_ value: Double) -> String { NumberText.short(value, digits: 3) }

  /// The lines as sentences.
  func refineWords(_ state: WorkbenchState) -> [String]? {
    state.run.snapshot?.measurements.angularDensity.map { density in
      density.exact.isEmpty
        ? [Self.noCircle + "."] : refineLines(density).map { $0.text + "." }
    }
  }
}
