import Lessons
import TermPlot

/// What stands below the text of a step: the curve that is asked for, or a plot.
enum LessonChart {
  case curve(LessonCurve)
  case plot(LessonPlotChart)

  /// The rows that it takes of the lesson's pane.
  static let rows = 10

  /// The chart of the step; nil where it has none.
  init?(_ state: WorkbenchState) {
    if let curve = LessonCurve(state) {
      self = .curve(curve)
    } else if let plot = LessonPlotChart(state) {
      self = .plot(plot)
    } else {
      return nil
    }
  }

  func draw(into canvas: inout Canvas, in area: Rect) {
    switch self {
    case .curve(let curve): curve.draw(into: &canvas, in: area)
    case .plot(let plot): plot.draw(into: &canvas, in: area)
    }
  }
}

/// The curves that a step shows.
struct LessonPlotChart {
  /// No two of a plot look alike, with colours or without.
  private static let roles: [StyleRole] = [.exact, .learned, .training, .heldOut]

  private let plot: LessonPlot
  private let series: [LineChart.Series]
  private let marks: Marks
  private let window: PlotWindow

  init?(_ state: WorkbenchState) {
    guard let plot = state.lessons.reading?.current.plot else { return nil }
    let evidence = state.lessonEvidence
    self.plot = plot
    series = zip(plot.curves, Self.roles).map { curve, role in
      let points = plot.points(of: curve, evidence)
      return LineChart.Series(curve.say, x: points.x, y: points.y, role: role)
    }
    marks = state.marks
    window = state.lessons.window(of: LessonPane().title)
  }

  func draw(into canvas: inout Canvas, in area: Rect) {
    let x = AxisSettings(
      plot.axis, lower: plot.domain.lowerBound, upper: plot.domain.upperBound)
    let y = AxisSettings("", lower: plot.range?.lowerBound, upper: plot.range?.upperBound)
    LineChart(series: series, x: window.x(x), y: window.y(y), marks: marks)
      .draw(into: &canvas, in: area)
  }
}
