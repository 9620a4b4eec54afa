/// A box over the screen with choices, one of them selected, and perhaps a line to type in.
public struct ChoiceList: Sendable, Equatable {
  /// Something to choose.
  public struct Choice: Sendable, Equatable {
    public var name: String
    public var summary: String

    public init(_ name: String, summary: String = "") {
      self.name = name
      self.summary = summary
    }
  }

  public var title: String
  public var choices: [Choice]
  /// The selected choice; nil where none is.
  public var selected: Int?
  /// The text that filters the choices; nil shows no line for it.
  public var query: FormList.Editing?
  public var hint: String
  /// The size of the content whatever the choices; nil takes what they need.
  public var room: Size?
  public var marks: Marks

  public init(
    _ title: String, choices: [Choice], selected: Int?, query: FormList.Editing? = nil,
    hint: String = "", room: Size? = nil, marks: Marks = .braille
  ) {
    self.title = title
    self.choices = choices
    self.selected = selected
    self.query = query
    self.hint = hint
    self.room = room
    self.marks = marks
  }

  private var longestName: Int { choices.map(\.name.columns).max() ?? 0 }
  private var longestSummary: Int { choices.map(\.summary.columns).max() ?? 0 }

  private func overlay(in area: Rect) -> OverlayBox {
    let width = 2 + longestName + (longestSummary > 0 ? 2 + longestSummary : 0) + 1
    return OverlayBox(
      title: title, hint: hint, marks: marks,
      content: room
        ?? Size(
          columns: max(width, query == nil ? 0 : 40),
          rows: max(1, choices.count) + (query == nil ? 0 : 2) + detailRows(width: area.width - 4)))
  }

  /// The rows below the list for the whole summary of the selected choice, a line above them
  /// among them; none where every summary fits its row.
  private func detailRows(width: Int) -> Int {
    guard room == nil, width >= 20, longestSummary > width - longestName - 5 else { return 0 }
    return 1 + (choices.map { marks.wrap($0.summary, width: width, rows: 3).count }.max() ?? 0)
  }

  private func listArea(in inner: Rect) -> Rect {
    query == nil ? inner : inner.inset(top: inner.height > 3 ? 2 : 1)
  }

  /// Draws the box in the middle of an area.
  public func draw(into canvas: inout Canvas, in area: Rect) {
    let inner = overlay(in: area).draw(into: &canvas, in: area)
    guard !inner.isEmpty else { return }
    var list = listArea(in: inner)
    let details = detailRows(width: inner.width)
    // A list of which hardly anything would be left keeps its rows.
    if details > 0, list.height >= details + 5 {
      let (rows, below) = list.splitTop(rows: list.height - details)
      list = rows
      drawDetails(into: &canvas, in: below)
    }
    let window = ListWindow(count: choices.count, selected: selected, height: list.height)
    // Where the room is given, names leave some of it to what they mean.
    let most = room == nil ? list.width - 3 : list.width * 3 / 5
    let nameWidth = min(longestName, max(4, most))
    for (offset, index) in window.rows.enumerated() {
      let row = Rect(x: list.x, y: list.y + offset, width: list.width, height: 1)
      canvas.register(WidgetTarget.row(index), in: row)
      draw(choices[index], isSelected: index == selected, nameWidth, into: &canvas, in: row)
    }
    if choices.isEmpty { canvas.write("nothing matches", in: list, style: Style(.muted)) }
    window.drawArrows(into: &canvas, in: list, marks: marks)
    guard let query else { return }
    canvas[inner.x, inner.y] = Cell(marks.pick("›", ":"), Style(.accent, attributes: .bold))
    TextField(text: query.text, cursor: query.cursor)
      .draw(into: &canvas, in: inner.splitTop(rows: 1).top.inset(left: 2))
  }

  /// The whole summary of the selected choice, below a line.
  private func drawDetails(into canvas: inout Canvas, in area: Rect) {
    let (line, text) = area.splitTop(rows: 1)
    canvas.fill(line, with: Cell(marks.pick("─", "-"), Style(.muted)))
    guard let selected, choices.indices.contains(selected) else { return }
    let lines = marks.wrap(choices[selected].summary, width: text.width, rows: text.height)
    for (offset, words) in lines.enumerated() {
      canvas.write(
        words, in: Rect(x: text.x, y: text.y + offset, width: text.width, height: 1),
        style: Style(.text))
    }
  }

  private func draw(
    _ choice: Choice, isSelected: Bool, _ nameWidth: Int, into canvas: inout Canvas, in row: Rect
  ) {
    let name = isSelected ? Style(.selectionText, on: .selection, attributes: .bold) : Style(.text)
    let summary = isSelected ? Style(.selectionText, on: .selection) : Style(.muted)
    canvas.fill(row, with: Cell(" ", name))
    if isSelected {
      canvas[row.x, row.y] = Cell(marks.pick("▸", ">"), name)
      canvas.cursor = (row.x, row.y)
    }
    let text = row.inset(left: 2, right: 1)
    canvas.write(marks.fit(choice.name, width: min(nameWidth, text.width)), in: text, style: name)
    let rest = text.inset(left: nameWidth + 2)
    canvas.write(marks.fit(choice.summary, width: rest.width), in: rest, style: summary)
  }
}
