import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

extension ErrorPane {
  /// Mean and quantile of the error against the distance from the distribution's mean.
  func drawShells(
    _ shells: [ErrorPlaces.Shell], delta: Double, _ state: WorkbenchState,
    into canvas: inout Canvas, in area: Rect
  ) {
    let hasShares = area.height < 14 && area.width >= 64
    let parts = area.splitLeft(columns: hasShares ? area.width * 3 / 5 : area.width)
    let (chart, rest) = (parts.left, parts.rest.inset(left: 1))
    let window = state.top.window(of: title)
    let radii = shells.flatMap { [$0.inner, $0.outer] }
    func series(
      _ label: String, _ role: StyleRole, _ stroke: Stroke, name: String? = nil,
      _ value: (ErrorPlaces.Shell) -> Double
    ) -> LineChart.Series {
      .init(
        label, x: radii, y: shells.flatMap { [value($0), value($0)] }, role: role, stroke: stroke,
        name: name)
    }
    LineChart(
      series: [
        series("mean", .l2, Stroke(.dashed, ascii: "m")) { $0.errors.mean },
        series(
          quantileLabel(shells.map(\.errors), delta: delta), .quantile,
          Stroke(.solid, ascii: "D"), name: Self.quantileName
        ) { knownQuantile($0.errors, delta: delta) ?? .nan },
      ], x: window.x(AxisSettings("distance from the mean of q_t")),
      y: window.y(AxisSettings("error", scale: .logarithmic)), marks: state.marks
    ).draw(into: &canvas, in: chart)
    drawShares(shells, state, into: &canvas, in: rest)
  }

  /// D_delta of errors that are enough to know it.
  func knownQuantile(_ errors: ScoreErrorDistribution, delta: Double) -> Double? {
    if case .unknown = QuantileEstimate.standing(count: errors.errors.count, delta: delta) {
      return nil
    }
    return errors.quantileError(delta: delta)
  }

  /// What the curve of D_delta is called whatever delta is.
  static let quantileName = "D_delta"

  /// The label of a curve of D_delta, with what its points can say.
  func quantileLabel(_ curve: [ScoreErrorDistribution], delta: Double) -> String {
    let standings = curve.map {
      QuantileEstimate.standing(count: $0.errors.count, delta: delta)
    }
    let name = "D_\(NumberText.short(delta))"
    if standings.allSatisfy({ if case .unknown = $0 { true } else { false } }) {
      return "\(name) unknown"
    }
    return standings.contains(.few) ? "\(name), few points" : name
  }

  /// The share of L2^2 that each shell carries.
  func drawShares(
    _ shells: [ErrorPlaces.Shell], _ state: WorkbenchState, into canvas: inout Canvas,
    in area: Rect
  ) {
    let window = state.top.window(of: title)
    let edges = shells.prefix(1).map(\.inner) + shells.map(\.outer)
    Histogram(
      bins: HistogramBins(edges: edges, counts: shells.map { 100 * $0.share }),
      x: window.x(AxisSettings("distance from the mean of q_t")),
      y: window.y(AxisSettings("% of L2^2 in the shell")), marks: state.marks
    ).draw(into: &canvas, in: area)
  }

  /// The probe points with the largest errors, a row each.
  func drawWorst(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    guard let snapshot = state.run.snapshot, let places = places(state) else { return }
    let count = snapshot.configuration.probe.points
    let title = "worst of \(grouped(count)) probe points under q_t, in the user's units"
    let lines =
      [row(error: "error", density: "log q_t", snapshot.coordinates.names)]
      + places.worst.map { point in
        row(
          error: NumberText.short(point.error), density: NumberText.short(point.logDensity),
          point.position.enumerated().map { axis, value in
            NumberText.short(snapshot.coordinates.userUnits(value, axis: axis))
          })
      }
    let text = [title] + lines
    for (offset, line) in text.prefix(area.height).enumerated() {
      canvas.write(
        state.marks.fit(line, width: area.width),
        in: Rect(x: area.x, y: area.y + offset, width: area.width, height: 1),
        style: Style(offset < 2 ? .muted : .text))
    }
  }

  private func row(error: String, density: String, _ position: [String]) -> String {
    ([error, density] + position).map { $0 + String(repeating: " ", count: max(1, 10 - $0.count)) }
      .joined()
  }
}
