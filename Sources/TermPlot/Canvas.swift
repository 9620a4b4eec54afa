/// One character cell: a glyph of width one and how it is drawn.
public struct Cell: Sendable, Hashable {
  public var glyph: Unicode.Scalar
  public var style: Style

  public init(_ glyph: Unicode.Scalar, _ style: Style = Style()) {
    self.glyph = glyph
    self.style = style
  }

  public static let blank = Cell(" ")
}

/// A rectangle of cells that panes and widgets draw into; it knows no terminal.
///
/// Writes outside the canvas are dropped, so a widget need not check its neighbours' limits.
public struct Canvas: Sendable, Equatable {
  public private(set) var size: Size
  /// Row-major, `size.rows * size.columns` cells.
  public private(set) var cells: [Cell]
  /// Where the hardware cursor is parked for screen readers and text entry; nil hides it.
  public var cursor: (x: Int, y: Int)? {
    get { hasCursor ? (cursorX, cursorY) : nil }
    set {
      hasCursor = newValue != nil
      cursorX = newValue?.x ?? 0
      cursorY = newValue?.y ?? 0
    }
  }
  /// What the mouse can act on, the topmost last, which is no part of what is shown.
  ///
  /// Whoever draws a whole screen empties it first.
  public var regions: [HitRegion] = []
  /// Whose drawing what is registered belongs to, as the caller numbers its parts.
  public var owner: Int?
  /// The names of series that plots leave out.
  public var hiddenSeries: Set<String> = []
  private var hasCursor = false
  private var cursorX = 0
  private var cursorY = 0

  public init(size: Size) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    cells = Array(repeating: .blank, count: self.size.columns * self.size.rows)
  }

  public var bounds: Rect { Rect(x: 0, y: 0, width: size.columns, height: size.rows) }

  public subscript(x: Int, y: Int) -> Cell {
    get {
      guard bounds.contains(x: x, y: y) else { return .blank }
      return cells[y * size.columns + x]
    }
    set {
      guard bounds.contains(x: x, y: y) else { return }
      cells[y * size.columns + x] = newValue
    }
  }

  /// Fills a rectangle with one cell.
  public mutating func fill(_ area: Rect, with cell: Cell = .blank) {
    let area = area.intersection(bounds)
    for y in area.y..<max(area.y, area.maxY) {
      for x in area.x..<max(area.x, area.maxX) { cells[y * size.columns + x] = cell }
    }
  }

  /// Writes one line of text in the first row of `area`, cut at its right edge; none if empty.
  ///
  /// What does not take exactly one cell becomes `?`, so nothing from outside can reach the terminal
  /// as a control sequence.
  ///
  /// - Returns: The number of columns written.
  @discardableResult
  public mutating func write(_ text: String, in area: Rect, style: Style = Style()) -> Int {
    guard !area.isEmpty else { return 0 }
    return write(text, x: area.x, y: area.y, limit: area.maxX, style: style)
  }

  /// Writes one line of text at a position, cut at column `limit` (the canvas edge without one).
  @discardableResult
  public mutating func write(
    _ text: String, x: Int, y: Int, limit: Int? = nil, style: Style = Style()
  ) -> Int {
    var column = x
    let limit = min(limit ?? size.columns, size.columns)
    for scalar in text.unicodeScalars {
      guard column < limit else { break }
      self[column, y] = Cell(Canvas.isDrawable(scalar) ? scalar : "?", style)
      column += 1
    }
    return max(0, column - x)
  }

  /// The glyphs, a string a row; for tests and text dumps.
  public var lines: [String] {
    (0..<size.rows).map { row in
      var line = String.UnicodeScalarView()
      for column in 0..<size.columns { line.append(cells[row * size.columns + column].glyph) }
      return String(line)
    }
  }

  /// Whether a scalar takes exactly one cell and cannot act on the terminal.
  static func isDrawable(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value < 0x20 || (value >= 0x7F && value < 0xA0) { return false }
    if value < 0x300 { return value != 0xAD }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .nonspacingMark,
      .enclosingMark, .spacingMark, .lineSeparator, .paragraphSeparator:
      return false
    default:
      // Wide East Asian and emoji ranges would shift the rest of the row.
      return
        !(0x1100...0x115F ~= value || 0x2E80...0xA4CF ~= value || 0xAC00...0xD7A3 ~= value
        || 0xF900...0xFAFF ~= value || 0xFE30...0xFE6F ~= value || 0xFF00...0xFF60 ~= value
        || 0xFFE0...0xFFE6 ~= value || value >= 0x1F000)
    }
  }
}

extension Canvas {
  public static func == (left: Canvas, right: Canvas) -> Bool {
    left.size == right.size && left.cells == right.cells
      && left.hasCursor == right.hasCursor && left.cursorX == right.cursorX
      && left.cursorY == right.cursorY
  }
}
