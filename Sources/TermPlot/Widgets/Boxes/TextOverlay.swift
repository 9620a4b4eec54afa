/// A box over the screen with lines to read, such as the help.
public struct TextOverlay: Sendable, Equatable {
  /// One line.
  public enum Line: Sendable, Equatable {
    case heading(String)
    /// A key, or another name, and what it means.
    case entry(key: String, description: String)
    case text(String)
  }

  public var title: String
  public var lines: [Line]
  /// How many lines are scrolled past; too many counts as ``maximumScroll(in:)``.
  public var scroll: Int
  public var hint: String
  public var marks: Marks

  public init(
    _ title: String, lines: [Line], scroll: Int = 0, hint: String = "", marks: Marks = .braille
  ) {
    self.title = title
    self.lines = lines
    self.scroll = scroll
    self.hint = hint
    self.marks = marks
  }

  private var keyWidth: Int {
    lines.reduce(0) { widest, line in
      if case .entry(let key, _) = line { max(widest, key.columns) } else { widest }
    }
  }

  private var overlay: OverlayBox {
    let keyWidth = keyWidth
    let width = lines.reduce(0) { widest, line in
      switch line {
      case .heading(let text), .text(let text): max(widest, text.columns)
      case .entry(_, let description): max(widest, keyWidth + 2 + description.columns)
      }
    }
    return OverlayBox(
      title: title, hint: hint, marks: marks,
      content: Size(columns: width + 2, rows: max(1, lines.count)))
  }

  /// The most lines that can be scrolled past in an area.
  public func maximumScroll(in area: Rect) -> Int {
    max(0, lines.count - overlay.inner(in: area).height)
  }

  /// Draws the box in the middle of an area, and parks the hardware cursor where the text begins.
  public func draw(into canvas: inout Canvas, in area: Rect) {
    let inner = overlay.draw(into: &canvas, in: area)
    guard !inner.isEmpty else { return }
    canvas.cursor = (inner.x, inner.y)
    let first = min(max(0, scroll), maximumScroll(in: area))
    let (text, keyWidth) = (inner.inset(right: 1), keyWidth)
    for (offset, line) in lines[first...].prefix(inner.height).enumerated() {
      draw(
        line, keyWidth: keyWidth, into: &canvas,
        in: Rect(x: text.x, y: text.y + offset, width: text.width, height: 1))
    }
    var window = ListWindow(count: lines.count, selected: nil, height: inner.height)
    window.hasMoreAbove = first > 0
    window.hasMoreBelow = first < maximumScroll(in: area)
    window.drawArrows(into: &canvas, in: inner, marks: marks)
  }

  private func draw(_ line: Line, keyWidth: Int, into canvas: inout Canvas, in row: Rect) {
    switch line {
    case .heading(let text):
      canvas.write(
        marks.fit(text, width: row.width), in: row, style: Style(.title, attributes: .bold))
    case .text(let text):
      canvas.write(marks.fit(text, width: row.width), in: row, style: Style(.text))
    case .entry(let key, let description):
      let width = min(keyWidth, max(1, row.width / 2))
      canvas.write(
        marks.fit(key, width: min(width, row.width)), in: row,
        style: Style(.key, attributes: .bold))
      let rest = row.inset(left: width + 2)
      canvas.write(marks.fit(description, width: rest.width), in: rest, style: Style(.text))
    }
  }
}
