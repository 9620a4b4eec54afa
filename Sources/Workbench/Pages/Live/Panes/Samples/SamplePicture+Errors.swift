import ScoreClaims
import ScoreCore
import ScoreLab
import TermPlot

extension SamplePicture {
  /// The points of the measured time nearest to the frame, coloured by `sigma ||s_hat - s||` there.
  func drawErrors(into canvas: inout Canvas, in area: Rect) {
    guard let errors = snapshot.sampleErrors,
      errors.trajectories.frames.count == noisedData.frames.count
    else {
      canvas.write("measuring the error at the samples ...", in: area, style: Style(.muted))
      return
    }
    var measured = self
    measured.frame = errors.frame(nearestTo: frame).index
    measured.draw(errors, into: &canvas, in: area)
  }

  private func draw(_ errors: SampleErrors, into canvas: inout Canvas, in area: Rect) {
    let values = errors.frame(nearestTo: frame).values.map(Double.init)
    let places = columns(errors.trajectories)
    let (x, y) = (Array(places.x.prefix(values.count)), Array(places.y.prefix(values.count)))
    guard snapshot.dimension > 1 else { return drawAgainstError(x, values, &canvas, area) }
    let axes = commonAxes
    let points = ValuedPoints(
      errorTitle, x: x,
      y: y, values: values,
      axis: Self.errorAxis(values), marks: marks, isColored: isColored)
    let (plot, scale) = area.splitBottom(rows: area.height >= 5 ? 1 : 0)
    points.drawScale(into: &canvas, in: scale)
    ScatterPlot(
      layers: [.values(points)], x: axes.x, y: axes.y, isEqualAspect: isTrueShape, marks: marks
    ).draw(into: &canvas, in: plot)
  }

  /// On a line the error has an axis of its own.
  private func drawAgainstError(
    _ x: [Double], _ values: [Double], _ canvas: inout Canvas, _ area: Rect
  ) {
    ScatterPlot(
      layers: [.points(.init("learned", x: x, y: values, role: .learned))],
      x: window.x(timedAxis(.across)),
      y: window.y(
        AxisSettings(
          errorTitle, scale: .logarithmic, lower: Self.errorAxis(values).range.lower)),
      isEqualAspect: false, marks: marks
    ).draw(into: &canvas, in: area)
  }

  private var errorTitle: String { "sigma ||s_hat - s||" }

  /// From near the smallest error to the largest, three decades at most.
  private static func errorAxis(_ values: [Double]) -> Axis {
    let sorted = values.sorted()
    let top = sorted.last ?? 1
    let low = sorted.isEmpty ? 0 : sorted[sorted.count / 20]
    return Axis(AxisRange(max(low, top / 1000), top), scale: .logarithmic)
  }
}
