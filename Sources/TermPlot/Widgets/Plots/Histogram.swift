/// Bars over a linear or logarithmic axis, with marked values and a curve over them.
public struct Histogram: Sendable {
  /// A value marked by a line above the bars, and by its glyph on the axis.
  public struct Marker: Sendable {
    public var x: Double
    public var label: String
    public var role: StyleRole
    /// What stands before the label and sets this marker apart from the others.
    public var glyph: Unicode.Scalar
    /// The same in ASCII; it also draws the line there.
    public var ascii: Unicode.Scalar
    /// The line above the bars.
    public var stem: Unicode.Scalar

    public init(
      x: Double, label: String, role: StyleRole, glyph: Unicode.Scalar, ascii: Unicode.Scalar,
      stem: Unicode.Scalar = "│"
    ) {
      self.x = x
      self.label = label
      self.role = role
      self.glyph = glyph
      self.ascii = ascii
      self.stem = stem
    }
  }

  /// A function drawn over the bars, in the units of the counts.
  public struct Curve: Sendable {
    public var label: String
    public var x: [Double]
    public var y: [Double]
    public var role: StyleRole
    public var stroke: Stroke

    public init(
      _ label: String, x: [Double], y: [Double], role: StyleRole = .exact,
      stroke: Stroke = Stroke(.solid, ascii: "*")
    ) {
      self.label = label
      self.x = x
      self.y = y
      self.role = role
      self.stroke = stroke
    }
  }

  public var bins: HistogramBins
  public var markers: [Marker]
  public var curves: [Curve]
  public var x: AxisSettings
  /// The counts; from 0 unless logarithmic.
  public var y: AxisSettings
  /// The bars' colour.
  public var role: StyleRole
  public var marks: Marks

  public init(
    bins: HistogramBins, markers: [Marker] = [], curves: [Curve] = [], x: AxisSettings = .init(),
    y: AxisSettings = .init(), role: StyleRole = .learned, marks: Marks = .braille
  ) {
    self.bins = bins
    self.markers = markers
    self.curves = curves
    self.x = x
    self.y = y
    self.role = role
    self.marks = marks
  }

  /// The axes and their placing.
  public var frame: PlotFrame {
    let heights = bins.counts + curves.flatMap(\.y)
    var settings = y
    if settings.scale == .linear, settings.lower == nil { settings.lower = 0 }
    var yAxis = settings.axis(covering: heights + [settings.scale == .linear ? 0 : 1])
    if settings.scale == .logarithmic, y.lower == nil {
      // A bin of the smallest count must still have a height.
      yAxis = Axis(
        AxisRange(yAxis.range.lower / 2, yAxis.range.upper), scale: .logarithmic, title: y.title)
    }
    let xAxis = x.axis(covering: bins.edges)
    var frame = PlotFrame(
      x: xAxis, y: yAxis, marks: marks, hasHeader: curves.contains { !$0.label.isEmpty },
      hasGrid: false)
    frame.isBinned = true
    return frame
  }

  /// Draws the histogram.
  ///
  /// - Returns: The rectangle of the bars.
  @discardableResult
  public func draw(into canvas: inout Canvas, in area: Rect) -> Rect {
    let frame = frame
    let plan = markerPlan(frame: frame, in: area)
    let inner = frame.draw(into: &canvas, in: plan.plot)
    guard !inner.isEmpty else { return inner }
    var shown = self
    shown.curves.removeAll { canvas.hiddenSeries.contains($0.label) }
    canvas.describePlot(in: inner, .histogram(shown), names: curves.map(\.label))
    drawBars(frame: frame, into: &canvas, in: inner)
    shown.drawCurves(frame: frame, into: &canvas, in: inner)
    key.draw(into: &canvas, in: frame.layout(in: plan.plot).header)
    drawMarkers(plan, into: &canvas, inner: inner)
    return inner
  }

  private func drawCurves(frame: PlotFrame, into canvas: inout Canvas, in inner: Rect) {
    var grid = DotGrid(size: Size(columns: inner.width, rows: inner.height), marks: marks)
    let projection = PlotProjection(x: frame.x, y: frame.y, grid: grid)
    for curve in curves {
      grid.polyline(
        x: curve.x[...], y: curve.y[...], projection: projection,
        pen: Pen(curve.role, ascii: curve.stroke.ascii, dash: curve.stroke.dash))
    }
    grid.flush(into: &canvas, in: inner)
  }

  /// The names of the curves with a sample of how each is drawn.
  private var key: Legend {
    Legend(
      curves.map { curve in
        let ascii = String(repeating: String(curve.stroke.ascii), count: 2)
        return .init(
          sample: marks.isUnicode ? curve.stroke.dash.sample : ascii, label: curve.label,
          role: curve.role)
      })
  }
}
