import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// Small plots of every pair of up to four coordinates: the reference above the diagonal, the learned
/// samples below it, and each coordinate's name, range and histograms on it.
struct ScatterMatrix {
  private static let most = 4
  /// The least cell in which a cloud has a shape.
  private static let least = Size(columns: 9, rows: 3)

  let frame: CoordinateFrame
  /// The pair of axes that is shown first; the next ones follow.
  let axes: AxisPair
  let learned: Trajectories
  let reference: (label: String, points: Trajectories)
  let noisedData: Trajectories
  /// The time cursor.
  let index: Int
  /// Whether the data end is looked at, not time.
  let isEnd: Bool
  let marks: Marks

  func draw(into canvas: inout Canvas, in area: Rect) {
    let (legend, body) = area.splitTop(rows: area.height >= 8 ? 1 : 0)
    let count = count(in: body)
    guard count >= 2 else {
      canvas.write(
        marks.fit("no room for small plots; v goes on", width: area.width), in: area,
        style: Style(.muted))
      return
    }
    Legend([
      .init(sample: "above", label: reference.label, role: .exact),
      .init(sample: "below", label: "learned", role: .learned),
    ]).draw(into: &canvas, in: legend)
    let coordinates = coordinates(count)
    drawLines(count, into: &canvas, in: body)
    for row in 0..<count {
      for column in 0..<count {
        let cell = cell(row, column, of: count, in: body)
        if row == column {
          drawName(coordinates[row], into: &canvas, in: cell)
        } else {
          drawCloud(
            coordinates[column], coordinates[row], isLearned: row > column, into: &canvas, in: cell)
        }
      }
    }
  }

  /// How many coordinates there is room for.
  private func count(in area: Rect) -> Int {
    var count = min(Self.most, learned.dimension)
    while count > 1,
      area.width / count <= Self.least.columns || area.height / count <= Self.least.rows
    {
      count -= 1
    }
    return count
  }

  /// The chosen pair and the axes after it, each once.
  private func coordinates(_ count: Int) -> [Int] {
    let rest = (1...learned.dimension).map { (axes.y + $0) % learned.dimension }
    return [axes.x, axes.y] + rest.filter { $0 != axes.x && $0 != axes.y }.prefix(count - 2)
  }

  /// Cells of one size with a line between them.
  private func cell(_ row: Int, _ column: Int, of count: Int, in area: Rect) -> Rect {
    let size = Size(
      columns: (area.width - count + 1) / count, rows: (area.height - count + 1) / count)
    return Rect(
      x: area.x + column * (size.columns + 1), y: area.y + row * (size.rows + 1),
      width: size.columns, height: size.rows)
  }

  private func drawLines(_ count: Int, into canvas: inout Canvas, in area: Rect) {
    let last = cell(count - 1, count - 1, of: count, in: area)
    for index in 1..<count {
      let cell = cell(index, index, of: count, in: area)
      canvas.fill(
        Rect(x: cell.x - 1, y: area.y, width: 1, height: last.maxY - area.y),
        with: Cell(marks.pick("│", "|"), Style(.axis)))
      canvas.fill(
        Rect(x: area.x, y: cell.y - 1, width: last.maxX - area.x, height: 1),
        with: Cell(marks.pick("─", "-"), Style(.axis)))
    }
    for row in 1..<count {
      for column in 1..<count {
        let (x, y) = (
          cell(row, column, of: count, in: area).x - 1, cell(row, column, of: count, in: area).y - 1
        )
        canvas[x, y] = Cell(marks.pick("┼", "+"), Style(.axis))
      }
    }
  }

  private func axis(_ coordinate: Int) -> Axis {
    let range = isEnd ? noisedData.range(coordinate, frame: index) : noisedData.range(coordinate)
    return Axis(
      AxisRange(
        frame.userUnits(range.lowerBound, axis: coordinate),
        frame.userUnits(range.upperBound, axis: coordinate)))
  }

  private func column(_ points: Trajectories, _ axis: Int) -> [Double] {
    points.column(axis, frame: index).map { frame.userUnits($0, axis: axis) }
  }

  private func drawCloud(
    _ x: Int, _ y: Int, isLearned: Bool, into canvas: inout Canvas, in cell: Rect
  ) {
    guard !canvas.hiddenSeries.contains(isLearned ? "learned" : reference.label) else { return }
    var grid = DotGrid(size: Size(columns: cell.width, rows: cell.height), marks: marks)
    let projection = PlotProjection(x: axis(x), y: axis(y), grid: grid)
    let points = isLearned ? learned : reference.points
    let pen = Pen(isLearned ? .learned : .exact, ascii: isLearned ? "x" : ".")
    for (x, y) in zip(column(points, x), column(points, y)) {
      if let place = projection.dot(x: x, y: y) { grid.plot(at: place, pen: pen) }
    }
    grid.flush(into: &canvas, in: cell)
  }

  /// The name and the range of a coordinate, and how both clouds spread along it where there is room.
  private func drawName(_ coordinate: Int, into canvas: inout Canvas, in cell: Rect) {
    let axis = axis(coordinate)
    let ends = [axis.range.lower, axis.range.upper].map { NumberText.short($0, digits: 2) }
    let lines = [
      (frame.names[coordinate], Style(.title, attributes: .bold)),
      (ends.joined(separator: " to "), Style(.axis)),
    ]
    for (row, (text, style)) in lines.enumerated() {
      let text = marks.fit(text, width: cell.width)
      canvas.write(
        text, x: cell.x + (cell.width - text.count) / 2, y: cell.y + row, limit: cell.maxX,
        style: style)
    }
    guard cell.height >= 5 else { return }
    for (row, points, role) in [
      (cell.height - 2, reference.points, StyleRole.exact), (cell.height - 1, learned, .learned),
    ] {
      let bins = HistogramBins(counting: column(points, coordinate), on: axis, count: cell.width)
      Sparkline(bins.counts, role: role, marks: marks).draw(
        into: &canvas, in: Rect(x: cell.x, y: cell.y + row, width: cell.width, height: 1))
    }
  }
}
