/// A place in a ``DotGrid``, in dots from the top left; fractions are rounded when drawn.
public struct DotPoint: Sendable, Equatable {
  public var x: Double
  public var y: Double

  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// What dots are drawn with.
public struct Pen: Sendable, Equatable {
  public var ink: Ink
  /// The glyph in ASCII marks; nil draws `'`, `.` and `:` by which half of the cell is set.
  public var ascii: Unicode.Scalar?
  public var dash: Stroke.Dash

  public init(_ role: StyleRole, ascii: Unicode.Scalar? = nil, dash: Stroke.Dash = .solid) {
    self.init(ink: .role(role), ascii: ascii, dash: dash)
  }

  public init(ink: Ink, ascii: Unicode.Scalar? = nil, dash: Stroke.Dash = .solid) {
    self.ink = ink
    self.ascii = ascii
    self.dash = dash
  }
}

/// A layer of pixels finer than cells, in the resolution its marks allow.
///
/// Braille gives 2 x 4 dots a cell and half blocks and ASCII 1 x 2, so dots are about square. A
/// braille or ASCII cell has one colour, that of the last dot drawn in it; a half-block cell has
/// one for each half.
public struct DotGrid: Sendable {
  public let marks: Marks
  /// The size in cells.
  public let size: Size
  /// The size in dots.
  public let width: Int
  public let height: Int
  private let perCell: (x: Int, y: Int)
  private var patterns: [UInt8]
  /// Two a cell: the upper (or only) and the lower colour.
  private var inks: [Ink]
  /// The ASCII glyph of a cell; 0 for none.
  private var glyphs: [UInt8]

  public init(size: Size, marks: Marks) {
    self.marks = marks
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    perCell = marks.dotsPerCell
    width = self.size.columns * perCell.x
    height = self.size.rows * perCell.y
    let cells = self.size.columns * self.size.rows
    patterns = Array(repeating: 0, count: cells)
    inks = Array(repeating: .role(.text), count: 2 * cells)
    glyphs = Array(repeating: 0, count: marks == .ascii ? cells : 0)
  }

  /// Sets one dot; one outside the grid is dropped.
  public mutating func plot(x: Int, y: Int, pen: Pen) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    let (dx, dy) = (x % perCell.x, y % perCell.y)
    let cell = y / perCell.y * size.columns + x / perCell.x
    patterns[cell] |= marks == .braille ? DotGrid.brailleBit(dx, dy) : 1 << UInt8(dy)
    inks[2 * cell + (marks == .halfBlock ? dy : 0)] = pen.ink
    guard marks == .ascii else { return }
    glyphs[cell] = pen.ascii.flatMap { $0.isASCII ? UInt8($0.value) : nil } ?? 0
  }

  /// Whether a point has a place in the grid.
  func contains(_ point: DotPoint) -> Bool { nearest(point) != nil }

  /// Sets the dot nearest to a point; one outside the grid or not finite is dropped.
  public mutating func plot(at point: DotPoint, pen: Pen) {
    guard let (x, y) = nearest(point) else { return }
    plot(x: x, y: y, pen: pen)
  }

  /// Draws a straight line, cut at the edges; one with an end that is not finite is dropped.
  ///
  /// Source: Bresenham 1965, *Algorithm for computer control of a digital plotter*; cut after
  /// Liang and Barsky 1984.
  public mutating func line(from start: DotPoint, to end: DotPoint, pen: Pen) {
    guard let (first, last) = clipped(start, end), let (x0, y0) = nearest(first),
      let (x1, y1) = nearest(last)
    else { return }
    let halves = 2 / perCell.x
    let (dx, dy) = (abs(x1 - x0), -abs(y1 - y0))
    let (stepX, stepY) = (x0 < x1 ? 1 : -1, y0 < y1 ? 1 : -1)
    var (x, y, error) = (x0, y0, dx + dy)
    while true {
      if pen.dash.isOn(halfColumn: x * halves) { plot(x: x, y: y, pen: pen) }
      if x == x1, y == y1 { return }
      let doubled = 2 * error
      if doubled >= dy {
        error += dy
        x += stepX
      }
      if doubled <= dx {
        error += dx
        y += stepY
      }
    }
  }

  /// Writes every cell that has a dot; the others keep what they show.
  ///
  /// A cell that was filled keeps its colour as the background of the dots.
  public func flush(into canvas: inout Canvas, in area: Rect) {
    let limits = area.intersection(
      Rect(x: area.x, y: area.y, width: size.columns, height: size.rows))
    for row in 0..<limits.height {
      for column in 0..<limits.width {
        let cell = row * size.columns + column
        guard patterns[cell] != 0 else { continue }
        let (x, y) = (limits.x + column, limits.y + row)
        canvas[x, y] = drawn(cell, over: canvas[x, y])
      }
    }
  }

  private func drawn(_ cell: Int, over old: Cell) -> Cell {
    let background = old.glyph == "█" ? old.style.foreground : old.style.background
    let upper = inks[2 * cell].readable(on: background)
    let lower = inks[2 * cell + 1].readable(on: background)
    var style = Style(foreground: upper, background: background)
    let pattern = patterns[cell]
    switch marks {
    case .braille:
      return Cell(Unicode.Scalar(0x2800 + UInt32(pattern)) ?? " ", style)
    case .halfBlock:
      if pattern == 1 { return Cell("▀", style) }
      if pattern == 3, upper == lower { return Cell("█", style) }
      style = Style(
        foreground: pattern == 2 ? lower : upper, background: pattern == 2 ? background : lower)
      return Cell(pattern == 2 ? "▄" : "▀", style)
    case .ascii:
      if glyphs[cell] != 0 { return Cell(Unicode.Scalar(glyphs[cell]), style) }
      return Cell(pattern == 1 ? "'" : pattern == 2 ? "." : ":", style)
    }
  }

  /// The bit of a dot in a braille pattern, U+2800 plus the bits of its dots.
  ///
  /// Source: The Unicode Standard, section 21.1: dots 1-2-3 run down the left column, 4-5-6 down
  /// the right, 7 and 8 are below; dot n is bit n - 1.
  private static func brailleBit(_ dx: Int, _ dy: Int) -> UInt8 {
    dy == 3 ? (dx == 0 ? 0x40 : 0x80) : 1 << UInt8(dy + 3 * dx)
  }

  private func nearest(_ point: DotPoint) -> (x: Int, y: Int)? {
    // Written so that NaN fails.
    guard point.x > -0.5, point.x < Double(width) - 0.5, point.y > -0.5,
      point.y < Double(height) - 0.5
    else { return nil }
    return (
      min(Int((point.x + 0.5).rounded(.down)), width - 1),
      min(Int((point.y + 0.5).rounded(.down)), height - 1)
    )
  }

  private func clipped(_ start: DotPoint, _ end: DotPoint) -> (DotPoint, DotPoint)? {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    guard width > 0, height > 0, dx.isFinite, dy.isFinite else { return nil }
    let (right, bottom) = (Double(width) - 0.501, Double(height) - 0.501)
    var (enter, leave) = (0.0, 1.0)
    for (slope, room) in [
      (-dx, start.x + 0.499), (dx, right - start.x), (-dy, start.y + 0.499),
      (dy, bottom - start.y),
    ] {
      if slope == 0 {
        guard room >= 0 else { return nil }
      } else if slope < 0 {
        enter = max(enter, room / slope)
      } else {
        leave = min(leave, room / slope)
      }
    }
    guard enter <= leave else { return nil }
    return (
      enter > 0 ? DotPoint(x: start.x + enter * dx, y: start.y + enter * dy) : start,
      leave < 1 ? DotPoint(x: start.x + leave * dx, y: start.y + leave * dy) : end
    )
  }
}
