/// Lines of text, each in a role, some of which may be scrolled past.
public struct TextBlock: Sendable, Equatable {
  public struct Line: Sendable, Equatable {
    public var text: String
    public var role: StyleRole
    public var isBold: Bool

    public init(_ text: String, _ role: StyleRole = .text, isBold: Bool = false) {
      self.text = text
      self.role = role
      self.isBold = isBold
    }
  }

  public var lines: [Line]
  /// How many lines are scrolled past; too many counts as ``maximumScroll(height:)``.
  public var scroll: Int
  public var marks: Marks

  public init(_ lines: [Line], scroll: Int = 0, marks: Marks = .braille) {
    self.lines = lines
    self.scroll = scroll
    self.marks = marks
  }

  /// The most lines that can be scrolled past at a height.
  public func maximumScroll(height: Int) -> Int { max(0, lines.count - max(0, height)) }

  public func draw(into canvas: inout Canvas, in area: Rect) {
    guard !area.isEmpty else { return }
    let last = maximumScroll(height: area.height)
    let first = min(max(0, scroll), last)
    let text = last > 0 ? area.inset(right: 2) : area
    for (offset, line) in lines[first...].prefix(area.height).enumerated() {
      canvas.write(
        marks.fit(line.text, width: text.width),
        in: Rect(x: text.x, y: text.y + offset, width: text.width, height: 1),
        style: Style(line.role, attributes: line.isBold ? .bold : []))
    }
    var window = ListWindow(count: lines.count, selected: nil, height: area.height)
    window.hasMoreAbove = first > 0
    window.hasMoreBelow = first < last
    window.drawArrows(into: &canvas, in: area, marks: marks)
  }
}
