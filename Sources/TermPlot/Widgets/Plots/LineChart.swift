/// Curves over a common axis, with reference levels and marked places.
///
/// Series differ by dash (or glyph, in ASCII) as well as by colour, and a legend names them.
public struct LineChart: Sendable {
  /// One curve.
  public struct Series: Sendable {
    /// How the points are joined.
    public enum Form: Sendable, Equatable {
      case line
      /// Constant until the next point.
      case steps
      /// Not joined.
      case dots
      /// Not joined, each point drawn large enough to be told from those of another shape.
      case points(ScatterPlot.Shape)
      /// Filled from zero, or the lower end of a logarithmic axis, to `y`.
      ///
      /// - Parameters:
      ///   - width: How much of the x axis a bar covers.
      ///   - offset: How far right of its x it stands.
      case bars(width: Double, offset: Double)
      /// Filled between `y` and `upper`; sparser with a dotted stroke.
      case band
    }

    public var label: String
    /// What it is called when it is left out and shown again.
    public var name: String
    /// The points; if the two differ in length the rest of the longer one is not drawn.
    public var x: [Double]
    public var y: [Double]
    /// The upper edge of a band; `y` is the lower one.
    public var upper: [Double]
    public var role: StyleRole
    public var form: Form
    /// Nil takes the standard stroke of the place in the chart.
    public var stroke: Stroke?

    public init(
      _ label: String, x: [Double], y: [Double], upper: [Double] = [], role: StyleRole,
      form: Form = .line, stroke: Stroke? = nil, name: String? = nil
    ) {
      self.label = label
      self.name = name ?? label
      self.x = x
      self.y = y
      self.upper = upper
      self.role = role
      self.form = form
      self.stroke = stroke
    }
  }

  /// A horizontal line at a value of note.
  public struct Level: Sendable {
    public var value: Double
    public var label: String
    public var role: StyleRole
    /// How far the value may be off, up and down; drawn as a band.
    public var uncertainty: Double

    public init(_ value: Double, label: String, role: StyleRole, uncertainty: Double = 0) {
      self.value = value
      self.label = label
      self.role = role
      self.uncertainty = uncertainty
    }
  }

  /// A vertical line where something happened.
  public struct Event: Sendable {
    public var x: Double
    /// A few characters.
    public var label: String
    /// What takes the label's place where there is no room for it.
    public var short: String
    public var role: StyleRole

    public init(x: Double, label: String, short: String = "", role: StyleRole = .edit) {
      self.x = x
      self.label = label
      self.short = short
      self.role = role
    }
  }

  public var series: [Series]
  public var levels: [Level]
  /// Values that are named at the upper or lower edge while they lie beyond it.
  public var beyond: [Level] = []
  public var events: [Event]
  public var x: AxisSettings
  public var y: AxisSettings
  public var marks: Marks
  public var hasLegend: Bool

  public init(
    series: [Series], levels: [Level] = [], events: [Event] = [], x: AxisSettings = .init(),
    y: AxisSettings = .init(), marks: Marks = .braille, hasLegend: Bool = true
  ) {
    self.series = series
    self.levels = levels
    self.events = events
    self.x = x
    self.y = y
    self.marks = marks
    self.hasLegend = hasLegend
  }

  /// The axes and their placing, for a caller that draws more into the plot.
  public var frame: PlotFrame {
    let xAxis = x.axis(covering: series.flatMap(\.x))
    let values = series.flatMap { $0.y + $0.upper } + levels.map(\.value)
    let yAxis = y.axis(covering: values, margin: 0.04)
    return PlotFrame(
      x: xAxis, y: yAxis, marks: marks,
      hasHeader: hasKey, hasGrid: !marks.isUnicode)
  }

  /// Draws the chart.
  ///
  /// - Returns: The rectangle of the data.
  @discardableResult
  public func draw(into canvas: inout Canvas, in area: Rect) -> Rect {
    let shown = without(canvas.hiddenSeries)
    var frame = shown.frame
    // The key stays, so that what is left out can be shown again.
    frame.hasHeader = hasKey
    let inner = frame.draw(into: &canvas, in: area)
    guard !inner.isEmpty else { return inner }
    canvas.describePlot(in: inner, .chart(shown), names: legend.entries.map(\.name))
    if hasLegend { legend.draw(into: &canvas, in: frame.layout(in: area).header) }
    shown.drawData(frame, into: &canvas, in: inner)
    return inner
  }

  private var hasKey: Bool { hasLegend && series.contains { !$0.label.isEmpty } }

  /// The chart without some series; the others look as they did.
  private func without(_ hidden: Set<String>) -> LineChart {
    guard !hidden.isEmpty else { return self }
    var chart = self
    for index in series.indices { chart.series[index].stroke = stroke(index) }
    chart.series.removeAll { hidden.contains($0.name) }
    return chart
  }

  private func drawData(_ frame: PlotFrame, into canvas: inout Canvas, in inner: Rect) {
    drawEvents(frame: frame, into: &canvas, in: inner)
    var grid = DotGrid(size: Size(columns: inner.width, rows: inner.height), marks: marks)
    let projection = PlotProjection(x: frame.x, y: frame.y, grid: grid)
    plot(into: &grid, projection)
    grid.flush(into: &canvas, in: inner)
    drawLevelLabels(frame: frame, into: &canvas, in: inner)
    drawBeyond(frame: frame, into: &canvas, in: inner)
    drawEventLabels(frame: frame, into: &canvas, in: inner)
  }

  func stroke(_ index: Int) -> Stroke { series[index].stroke ?? .standard(index) }

  /// The names of the series with a sample of how each is drawn.
  public var legend: Legend {
    Legend(
      series.indices.map { index in
        let (stroke, item) = (stroke(index), series[index])
        let ascii = String(repeating: String(stroke.ascii), count: 2)
        let sample =
          switch item.form {
          case .line, .steps: marks.isUnicode ? stroke.dash.sample : ascii
          case .dots: marks.isUnicode ? "•" : String(stroke.ascii)
          case .points(let shape): String(shape.sample(marks))
          case .bars: !marks.isUnicode ? ascii : stroke.dash == .solid ? "▆▆" : "▒▒"
          case .band: !marks.isUnicode ? "::" : item.stroke?.dash == .dotted ? "⠐⠐" : "░░"
          }
        return Legend.Entry(
          sample: sample, label: item.label, role: item.role, name: item.name)
      })
  }
}
