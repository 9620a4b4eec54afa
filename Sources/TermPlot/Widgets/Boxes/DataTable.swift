/// A table of text with its first column always in view, scrolled by rows and by columns.
public struct DataTable: Sendable, Equatable {
  /// The heads, wrapped over at most three lines.
  public var columns: [String]
  /// Rows of a cell a column; what is beyond the heads is not drawn.
  public var rows: [[String]]
  /// Rows scrolled past; too many counts as ``maximumScroll(in:)``.
  public var scroll: Int
  /// Columns after the first that are scrolled past.
  public var columnScroll: Int
  public var marks: Marks

  public init(
    columns: [String], rows: [[String]], scroll: Int = 0, columnScroll: Int = 0,
    marks: Marks = .braille
  ) {
    self.columns = columns
    self.rows = rows
    self.scroll = scroll
    self.columnScroll = columnScroll
    self.marks = marks
  }

  private static let headRows = 3
  private static let widest = 32

  /// As wide as its cells, or as a head in three lines if that is wider.
  private func width(_ column: Int) -> Int {
    let cells = rows.map { column < $0.count ? $0[column].columns : 0 }.max() ?? 0
    let head = columns[column]
    let word = head.split(separator: " ").map { String($0).columns }.max() ?? 0
    return min(
      Self.widest, max(1, cells, word, (head.columns + Self.headRows - 1) / Self.headRows))
  }

  private func head(_ column: Int) -> [String] {
    marks.wrap(columns[column], width: width(column), rows: Self.headRows)
  }

  /// The columns shown in a width with where each starts.
  private func layout(width room: Int) -> [(column: Int, start: Int, width: Int)] {
    guard !columns.isEmpty, room > 0 else { return [] }
    var placed = [(column: 0, start: 0, width: min(width(0), room))]
    var start = placed[0].width + 2
    for column in (1 + min(max(0, columnScroll), maximumColumnScroll))..<max(1, columns.count) {
      let width = width(column)
      guard start + width <= room || placed.count == 1 else { break }
      placed.append((column, start, max(0, min(width, room - start))))
      start += width + 2
    }
    return placed.filter { $0.width > 0 }
  }

  /// The most columns that can be scrolled past: all but the first and the last.
  public var maximumColumnScroll: Int { max(0, columns.count - 2) }

  private func headHeight(in area: Rect) -> Int {
    let lines = columns.indices.map { head($0).count }.max() ?? 0
    return min(lines, max(0, area.height - 1))
  }

  /// The most rows that can be scrolled past in an area.
  public func maximumScroll(in area: Rect) -> Int {
    max(0, rows.count - max(0, area.height - headHeight(in: area)))
  }

  public func draw(into canvas: inout Canvas, in area: Rect) {
    guard !area.isEmpty, !columns.isEmpty else { return }
    let room = area.width > 4 ? area.inset(right: 2) : area
    let placed = layout(width: room.width)
    let (top, body) = area.splitTop(rows: headHeight(in: area))
    let last = maximumScroll(in: area)
    let first = min(max(0, scroll), last)
    for (column, start, width) in placed {
      let strip = Rect(x: room.x + start, y: top.y, width: width, height: 1)
      let head = head(column)
      for (offset, line) in head.prefix(top.height).enumerated() {
        write(
          line, column, Style(.muted, attributes: .bold), into: &canvas, in: strip, offset: offset)
      }
      for (offset, row) in rows[first...].prefix(body.height).enumerated()
      where column < row.count {
        write(
          row[column], column, Style(column == 0 ? .title : .text), into: &canvas, in: strip,
          offset: top.height + offset)
      }
    }
    drawArrows(placed.last?.column ?? 0, first: first, last: last, into: &canvas, in: area, body)
  }

  /// The first column flush left, the others flush right, so that numbers line up.
  private func write(
    _ text: String, _ column: Int, _ style: Style, into canvas: inout Canvas, in strip: Rect,
    offset: Int
  ) {
    let shown = marks.fit(text, width: strip.width)
    let x = column == 0 ? strip.x : strip.maxX - shown.columns
    canvas.write(shown, x: x, y: strip.y + offset, limit: strip.maxX, style: style)
  }

  private func drawArrows(
    _ lastColumn: Int, first: Int, last: Int, into canvas: inout Canvas, in area: Rect, _ body: Rect
  ) {
    guard area.width > 4 else { return }
    if columnScroll > 0 {
      canvas[area.maxX - 2, area.y] = Cell(marks.pick("◂", "<"), Style(.muted))
    }
    if lastColumn < columns.count - 1 {
      canvas[area.maxX - 1, area.y] = Cell(marks.pick("▸", ">"), Style(.muted))
    }
    var window = ListWindow(count: rows.count, selected: nil, height: body.height)
    window.hasMoreAbove = first > 0
    window.hasMoreBelow = first < last
    window.drawArrows(into: &canvas, in: body, marks: marks)
  }
}
