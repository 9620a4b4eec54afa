/// A titled box around a pane.
///
/// Focus shows by a double border, a pointer before the title and bold text, so not by colour
/// alone.
public struct Panel: Sendable, Equatable {
  public var title: String
  /// Right-aligned in the title row, such as a state: facts with commas between them, of which the last
  /// ones are left out where there is no room for all; words without a number can be cut.
  public var note: String
  /// In the bottom border, such as the keys that work here.
  public var hint: String
  public var isFocused: Bool
  /// One title row and no border, for small screens.
  public var isCompact: Bool
  public var marks: Marks

  public init(
    _ title: String, note: String = "", hint: String = "", isFocused: Bool = false,
    isCompact: Bool = false, marks: Marks = .braille
  ) {
    self.title = title
    self.note = note
    self.hint = hint
    self.isFocused = isFocused
    self.isCompact = isCompact
    self.marks = marks
  }

  private enum Form { case boxed, titled, bare }

  private func form(in area: Rect) -> Form {
    if !isCompact, area.width >= 4, area.height >= 3 { return .boxed }
    return area.height >= 2 && area.width > 0 ? .titled : .bare
  }

  /// What is left for the content in an area.
  public func inner(of area: Rect) -> Rect {
    switch form(in: area) {
    case .boxed: area.inset(left: 1, top: 1, right: 1, bottom: 1)
    case .titled: area.inset(top: 1)
    case .bare: area
    }
  }

  /// Draws the border; the content keeps what the canvas shows.
  ///
  /// - Returns: What is left for the content.
  @discardableResult
  public func draw(into canvas: inout Canvas, in area: Rect) -> Rect {
    let form = form(in: area)
    if form == .boxed { drawBorder(into: &canvas, in: area) }
    if form != .bare { drawTitleRow(into: &canvas, in: area, isBoxed: form == .boxed) }
    return inner(of: area)
  }

  private var borderStyle: Style { Style(isFocused ? .focusBorder : .border) }

  private var horizontal: Unicode.Scalar {
    isFocused ? marks.pick("═", "=") : marks.pick("─", "-")
  }

  private func drawBorder(into canvas: inout Canvas, in area: Rect) {
    let corners: [Unicode.Scalar] =
      !marks.isUnicode
      ? ["+", "+", "+", "+"] : isFocused ? ["╔", "╗", "╚", "╝"] : ["┌", "┐", "└", "┘"]
    let vertical = isFocused ? marks.pick("║", "#") : marks.pick("│", "|")
    let (right, bottom) = (area.maxX - 1, area.maxY - 1)
    for y in [area.y, bottom] {
      canvas.fill(
        Rect(x: area.x, y: y, width: area.width, height: 1), with: Cell(horizontal, borderStyle))
    }
    for x in [area.x, right] {
      canvas.fill(
        Rect(x: x, y: area.y, width: 1, height: area.height), with: Cell(vertical, borderStyle))
    }
    for (index, corner) in corners.enumerated() {
      canvas[index % 2 == 0 ? area.x : right, index < 2 ? area.y : bottom] = Cell(
        corner, borderStyle)
    }
    guard !hint.isEmpty, area.width >= 8 else { return }
    let text = marks.fit(" " + hint + " ", width: area.width - 4)
    canvas.write(
      text, x: area.maxX - 2 - text.columns, y: bottom, limit: right, style: Style(.muted))
  }

  private func drawTitleRow(into canvas: inout Canvas, in area: Rect, isBoxed: Bool) {
    if !isBoxed {
      canvas.fill(
        Rect(x: area.x, y: area.y, width: area.width, height: 1),
        with: Cell(horizontal, borderStyle))
    }
    let row = isBoxed ? area.inset(left: 1, right: 1) : area
    let pointer = isFocused ? String(marks.pick("▸", ">")) : " "
    let text = title.isEmpty ? "" : marks.fit(pointer + title + " ", width: row.width)
    let style = Style(isFocused ? .focusBorder : .title, attributes: isFocused ? .bold : [])
    let used = canvas.write(text, in: row, style: style)
    guard !note.isEmpty, row.width - used >= 6 else { return }
    var facts = note.split(separator: ", ")
    let room = row.width - used - 2
    while facts.count > 1, facts.joined(separator: ", ").columns + 2 > room { facts.removeLast() }
    let whole = " " + facts.joined(separator: ", ") + " "
    guard whole.columns <= room || !whole.contains(where: { $0.isNumber }) else { return }
    let shown = marks.fit(whole, width: room)
    canvas.write(
      shown, x: row.maxX - shown.columns - (isBoxed ? 1 : 0), y: row.y, limit: row.maxX,
      style: Style(.muted))
  }
}
