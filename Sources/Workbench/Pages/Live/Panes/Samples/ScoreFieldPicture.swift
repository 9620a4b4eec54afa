import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// The score at one time over the plane as arrows, with a density under them; on the line as curves.
///
/// All scores are times sigma_t, so that they have no unit and are of one size at every time.
struct ScoreFieldPicture {
  /// How many nats below its top a log density is shown.
  static let depth = 10.0

  let snapshot: Snapshot
  /// The place of the time cursor among the sampler's times.
  let frame: Int
  /// Whether the data end is looked at, not time.
  let isEnd: Bool
  let arrows: ScoreArrows
  let underlay: ScoreUnderlay
  /// The part of the plots that is looked at.
  let window: PlotWindow
  let marks: Marks
  let isTrueShape: Bool
  let isColored: Bool

  func draw(into canvas: inout Canvas, in area: Rect) {
    guard snapshot.dimension <= 2 else {
      let text =
        "the score is drawn over a line or a plane; this data has \(snapshot.dimension) axes"
      canvas.write(marks.fit(text, width: area.width), in: area, style: Style(.muted))
      return
    }
    guard let exact = snapshot.exactField?.frame(nearestTo: frame, isEnd: isEnd) else {
      canvas.write("working out the exact score ...", in: area, style: Style(.muted))
      return
    }
    let learned = snapshot.learnedField?.frame(of: exact.place)
    if snapshot.dimension == 1 {
      drawCurves(exact, learned, into: &canvas, in: area)
    } else if arrows != .exact, let sides = area.pair(isColored: true) {
      drawPlane(.exact, exact, learned, into: &canvas, in: sides.first)
      drawPlane(arrows, exact, learned, into: &canvas, in: sides.second)
    } else {
      drawPlane(arrows, exact, learned, into: &canvas, in: area)
    }
  }

  func axis(_ axis: Int, of grid: FieldGrid) -> AxisSettings {
    AxisSettings(
      snapshot.coordinates.names[axis],
      lower: snapshot.coordinates.userUnits(grid.ranges[axis].lowerBound, axis: axis),
      upper: snapshot.coordinates.userUnits(grid.ranges[axis].upperBound, axis: axis))
  }
}

/// On the line.
extension ScoreFieldPicture {
  private func drawCurves(
    _ exact: ExactField.Frame, _ learned: LearnedField.Frame?, into canvas: inout Canvas,
    in area: Rect
  ) {
    let (top, bottom) = area.splitTop(rows: area.height >= 14 ? area.height / 2 : area.height)
    LineChart(
      series: scoreCurves(exact, learned), x: window.x(axis(0, of: exact.place.grid)),
      y: window.y(AxisSettings(arrows == .difference ? "sigma (s_hat - s)" : "sigma s")),
      marks: marks
    ).draw(into: &canvas, in: top)
    LineChart(
      series: densityCurves(exact), x: window.x(axis(0, of: exact.place.grid)),
      y: window.y(
        AxisSettings("log density", lower: (exact.logDensity.max() ?? 0) - 2 * Self.depth)),
      marks: marks
    ).draw(into: &canvas, in: bottom)
  }

  private func positions(_ grid: FieldGrid) -> [Double] {
    (0..<grid.side).map { snapshot.coordinates.userUnits(grid.node($0, axis: 0), axis: 0) }
  }

  private func scoreCurves(
    _ exact: ExactField.Frame, _ learned: LearnedField.Frame?
  ) -> [LineChart.Series] {
    let x = positions(exact.place.grid)
    let s = exact.score.map(Double.init)
    let sHat = learned?.values.map(Double.init)
    func exactCurve() -> LineChart.Series {
      LineChart.Series("s", x: x, y: s, role: .exact, stroke: Stroke(.solid, ascii: "*"))
    }
    func curve(_ label: String, _ y: [Double]) -> LineChart.Series {
      LineChart.Series(label, x: x, y: y, role: .learned, stroke: Stroke(.dashed, ascii: "o"))
    }
    return switch arrows {
    case .exact: [exactCurve()]
    case .learned: [exactCurve()] + [sHat.map { curve("s_hat", $0) }].compactMap { $0 }
    case .difference:
      [sHat.map { curve("s_hat - s", zip($0, s).map { $0 - $1 }) }].compactMap { $0 }
    }
  }

  private func densityCurves(_ exact: ExactField.Frame) -> [LineChart.Series] {
    let learned = snapshot.learnedDensity?.frame(nearestTo: exact.place).map { frame in
      LineChart.Series(
        densityLabel(frame, shownAt: exact), x: positions(frame.place.grid),
        y: frame.values.map(Double.init), role: .learned, stroke: Stroke(.dashed, ascii: "o"))
    }
    return [
      LineChart.Series(
        "exact log q_t", x: positions(exact.place.grid), y: exact.logDensity, role: .exact,
        stroke: Stroke(.solid, ascii: "*"))
    ] + [learned].compactMap { $0 }
  }

  /// The name of the learned density, with its time where that is another than the shown one.
  func densityLabel(
    _ frame: LearnedField.Frame, shownAt exact: ExactField.Frame
  ) -> String {
    frame.place.index == exact.place.index
      ? "learned log p_t" : "learned log p at t \(NumberText.short(frame.place.time, digits: 2))"
  }
}
