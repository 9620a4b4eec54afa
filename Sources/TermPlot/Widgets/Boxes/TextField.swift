/// One line of text under edit, scrolled so that the cursor shows.
public struct TextField: Sendable, Equatable {
  public var text: String
  /// How many scalars are before the cursor; beyond the text counts as its end.
  public var cursor: Int

  public init(text: String, cursor: Int) {
    self.text = text
    self.cursor = cursor
  }

  /// Draws the text underlined and the cursor reversed, and parks the hardware cursor there.
  public func draw(into canvas: inout Canvas, in area: Rect) {
    guard !area.isEmpty else { return }
    let scalars = Array(text.unicodeScalars)
    let cursor = min(max(0, cursor), scalars.count)
    let first = max(0, cursor - area.width + 1)
    let row = Rect(x: area.x, y: area.y, width: area.width, height: 1)
    let style = Style(.selectionText, on: .selection, attributes: .underline)
    canvas.fill(row, with: Cell(" ", style))
    let shown = String.UnicodeScalarView(scalars[first...].prefix(area.width))
    canvas.write(String(shown), in: row, style: style)
    let x = area.x + cursor - first
    canvas[x, area.y].style.attributes = [.reverse]
    canvas.cursor = (x, area.y)
  }
}
