/// One line of text under edit, scrolled so that the cursor shows.
public struct TextField: Sendable, Equatable {
  public var text: String
  /// How many scalars are before the cursor; beyond the text counts as its end.
  public var cursor: Int
  /// Whether what is typed next takes the place of the text.
  public var isSelected: Bool

  public init(text: String, cursor: Int, isSelected: Bool = false) {
    self.text = text
    self.cursor = cursor
    self.isSelected = isSelected
  }

  /// Draws the text underlined, reversed where it is selected, and the cursor the other way, and
  /// parks the hardware cursor there.
  public func draw(into canvas: inout Canvas, in area: Rect) {
    guard !area.isEmpty else { return }
    let scalars = Array(text.unicodeScalars)
    let cursor = min(max(0, cursor), scalars.count)
    let first = max(0, cursor - area.width + 1)
    let row = Rect(x: area.x, y: area.y, width: area.width, height: 1)
    let style = Style(.selectionText, on: .selection, attributes: .underline)
    canvas.fill(row, with: Cell(" ", style))
    let shown = String.UnicodeScalarView(scalars[first...].prefix(area.width))
    var textStyle = style
    if isSelected { textStyle.attributes = [.reverse] }
    canvas.write(String(shown), in: row, style: textStyle)
    let x = area.x + cursor - first
    canvas[x, area.y].style.attributes = isSelected ? [.underline] : [.reverse]
    canvas.cursor = (x, area.y)
  }
}
