/// A bar that fills in proportion to a fraction.
public struct Gauge: Sendable, Equatable {
  /// How much is filled, limited to 0...1; nil or not finite fills nothing.
  public var fraction: Double?
  /// Text after the bar.
  public var label: String
  public var role: StyleRole
  public var marks: Marks

  public init(
    fraction: Double?, label: String = "", role: StyleRole = .accent, marks: Marks = .braille
  ) {
    self.fraction = fraction
    self.label = label
    self.role = role
    self.marks = marks
  }

  /// Draws the gauge in the first row of an area.
  public func draw(into canvas: inout Canvas, in area: Rect) {
    guard !area.isEmpty else { return }
    let room = area.width - label.columns - 1
    let width = label.isEmpty ? area.width : room >= 4 ? room : 0
    let filled = fraction.flatMap { $0.isFinite ? min(max($0, 0), 1) : nil } ?? 0
    let steps = marks.isUnicode ? 8 : 1
    let level = Int((filled * Double(width * steps)).rounded())
    for column in 0..<width {
      let part = min(max(level - column * steps, 0), steps)
      canvas[area.x + column, area.y] = cell(part, of: steps)
    }
    guard !label.isEmpty else { return }
    let start = width > 0 ? area.x + width + 1 : area.x
    if width > 0 { canvas[start - 1, area.y] = Cell(" ", Style(.text)) }
    let text = marks.fit(label, width: area.maxX - start)
    canvas.write(text, x: start, y: area.y, limit: area.maxX, style: Style(.text))
  }

  private func cell(_ part: Int, of steps: Int) -> Cell {
    if part == 0 { return Cell(marks.pick("·", "."), Style(.muted)) }
    guard marks.isUnicode else { return Cell("#", Style(role)) }
    // The left-hand blocks run from seven eighths, U+2589, down to one, U+258F.
    return Cell(Unicode.Scalar(0x2590 - UInt32(part)) ?? "█", Style(role))
  }
}
