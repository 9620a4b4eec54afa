/// The axes around a plot: lines, ticks, labels and titles.
///
/// In a small area titles go first, then tick labels, then the axes, so that data always has the
/// last cells.
public struct PlotFrame: Sendable, Equatable {
  public var x: Axis
  public var y: Axis
  public var marks: Marks
  /// Whether a row above the plot is kept free next to the y title, for a legend.
  public var hasHeader: Bool
  /// Whether faint dots lead from the y ticks into the plot.
  public var hasGrid: Bool
  /// Whether columns are bins of values, so that ticks stand where bars begin.
  public var isBinned = false

  public init(
    x: Axis, y: Axis, marks: Marks = .braille, hasHeader: Bool = false, hasGrid: Bool = true
  ) {
    self.x = x
    self.y = y
    self.marks = marks
    self.hasHeader = hasHeader
    self.hasGrid = hasGrid
  }

  /// Where the parts of a framed plot are.
  public struct Layout: Sendable, Equatable {
    /// Where the data goes.
    public var inner: Rect
    /// The free part of the title row above it; empty if there is none.
    public var header: Rect
    var titleRow: Rect
    var xTitleRow: Rect
    var hasXLabels: Bool
    var hasXAxis: Bool
    var hasYAxis: Bool
    var labelWidth: Int
  }

  /// The parts of the plot in an area.
  public func layout(in area: Rect) -> Layout {
    let hasTitleRow =
      area.height >= 7 && !y.title.isEmpty || area.height >= 6 && hasHeader
    let hasXTitle = !x.title.isEmpty && area.height >= 10
    let hasXLabels = area.height >= 5 && area.width >= 8
    let hasXAxis = area.height >= 3
    let (titleRow, below) = area.splitTop(rows: hasTitleRow ? 1 : 0)
    let (above, xTitleRow) = below.splitBottom(rows: hasXTitle ? 1 : 0)
    let rows = above.splitBottom(rows: (hasXAxis ? 1 : 0) + (hasXLabels ? 1 : 0)).rest
    var labelWidth = y.rowTicks(height: rows.height).map(\.tick.label.columns).max() ?? 0
    if rows.height < 2 || labelWidth + 1 + 10 > area.width { labelWidth = 0 }
    let hasYAxis = area.width >= 5 && rows.height >= 2
    let inner = rows.inset(left: labelWidth + (hasYAxis ? 1 : 0))
    let titleWidth = y.title.isEmpty ? 0 : y.title.columns + 2
    return Layout(
      inner: inner, header: titleRow.inset(left: titleWidth), titleRow: titleRow,
      xTitleRow: xTitleRow, hasXLabels: hasXLabels, hasXAxis: hasXAxis, hasYAxis: hasYAxis,
      labelWidth: labelWidth)
  }

  /// Draws axes, labels and titles, and registers where the plot is.
  ///
  /// - Returns: The rectangle that is left for the data.
  @discardableResult
  public func draw(into canvas: inout Canvas, in area: Rect) -> Rect {
    let layout = layout(in: area)
    let inner = layout.inner
    drawTitles(layout, into: &canvas)
    if hasGrid, marks.isUnicode { drawGrid(in: inner, into: &canvas) }
    if layout.hasXAxis { drawXAxis(layout, area: area, into: &canvas) }
    if layout.hasYAxis { drawYAxis(layout, into: &canvas) }
    canvas.register(WidgetTarget.plot(PlacedPlot(inner: inner, x: x, y: y)), in: inner)
    return inner
  }

  private func drawTitles(_ layout: Layout, into canvas: inout Canvas) {
    let title = marks.fit(y.title, width: layout.titleRow.width)
    canvas.write(title, in: layout.titleRow, style: Style(.muted))
    let row = layout.xTitleRow
    guard !row.isEmpty else { return }
    let text = marks.fit(x.title, width: row.width)
    let centre = layout.inner.x + (layout.inner.width - text.columns) / 2
    let start = max(row.x, min(centre, row.maxX - text.columns))
    canvas.write(text, x: start, y: row.y, limit: row.maxX, style: Style(.muted))
  }

  private func drawGrid(in inner: Rect, into canvas: inout Canvas) {
    guard inner.height >= 6 else { return }
    for (_, row) in y.rowTicks(height: inner.height) where row < inner.height - 1 {
      for x in stride(from: inner.x + 3, to: inner.maxX, by: 4) {
        canvas[x, inner.y + row] = Cell("·", Style(.grid))
      }
    }
  }

  private func drawXAxis(_ layout: Layout, area: Rect, into canvas: inout Canvas) {
    let inner = layout.inner
    let style = Style(.axis)
    canvas.fill(
      Rect(x: inner.x, y: inner.maxY, width: inner.width, height: 1),
      with: Cell(marks.pick("─", "-"), style))
    guard layout.hasXLabels else { return }
    let overhang = (left: inner.x - area.x, right: area.maxX - inner.maxX)
    for place in x.columnTicks(
      width: inner.width, overhang: overhang, isBinned: isBinned)
    {
      canvas[inner.x + place.column, inner.maxY] = Cell(marks.pick("┬", "+"), style)
      canvas.write(
        place.tick.label, x: inner.x + place.labelStart, y: inner.maxY + 1, limit: area.maxX,
        style: style)
    }
  }

  private func drawYAxis(_ layout: Layout, into canvas: inout Canvas) {
    let inner = layout.inner
    let style = Style(.axis)
    let column = inner.x - 1
    canvas.fill(
      Rect(x: column, y: inner.y, width: 1, height: inner.height),
      with: Cell(marks.pick("│", "|"), style))
    if layout.hasXAxis { canvas[column, inner.maxY] = Cell(marks.pick("└", "+"), style) }
    for (tick, row) in y.rowTicks(height: inner.height) {
      canvas[column, inner.y + row] = Cell(marks.pick("┤", "+"), style)
      guard layout.labelWidth > 0 else { continue }
      let start = column - tick.label.columns
      canvas.write(tick.label, x: start, y: inner.y + row, limit: column, style: style)
    }
  }
}
