import TermPlot

/// The rows of a list of the start page, some under headings.
struct StartRows {
  /// A row: what it is called, and a few words behind that.
  struct Row {
    var name: String
    var words = ""
    /// What stands above the first row of a part; nil for none.
    var heading: String?
  }

  var list: StartList
  var rows: [Row]
  /// What is said where there are no rows.
  var absence: String

  /// A line of the screen.
  private enum Line {
    case heading(String)
    case row(Int)
  }

  private var lines: [Line] {
    rows.enumerated().flatMap { place, row in
      (row.heading.map { [Line.heading($0)] } ?? []) + [.row(place)]
    }
  }

  /// The rows in words, the selected one first.
  func words(_ state: WorkbenchState) -> [String] {
    guard let selected = state.selectedRow(of: list) else { return [absence] }
    func sentence(_ row: Row) -> String {
      row.name + (row.words.isEmpty ? "." : ": \(row.words).")
    }
    return ["Selected: " + sentence(rows[selected])]
      + rows.enumerated().filter { $0.offset != selected }.map { sentence($0.element) }
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    guard let selected = state.selectedRow(of: list), rows.indices.contains(selected) else {
      for (row, line) in state.marks.wrap(absence, width: area.width, rows: area.height)
        .enumerated()
      {
        canvas.write(line, in: area.inset(top: row), style: Style(.muted))
      }
      return
    }
    let lines = lines
    let place = lines.firstIndex { if case .row(selected) = $0 { true } else { false } }
    let window = ListWindow(count: lines.count, selected: place, height: area.height)
    for (offset, index) in window.rows.enumerated() {
      let strip = Rect(x: area.x, y: area.y + offset, width: area.width, height: 1)
      switch lines[index] {
      case .heading(let text):
        canvas.write(
          state.marks.fit(text, width: strip.width - 1), in: strip,
          style: Style(.title, attributes: .bold))
      case .row(let row):
        draw(row, row == selected, state, into: &canvas, in: strip)
      }
    }
    window.drawArrows(into: &canvas, in: area, marks: state.marks)
  }

  private func draw(
    _ row: Int, _ isSelected: Bool, _ state: WorkbenchState, into canvas: inout Canvas,
    in strip: Rect
  ) {
    let style = isSelected ? Style(.selectionText, on: .selection, attributes: .bold) : Style(.text)
    canvas.fill(strip, with: Cell(" ", style))
    let list = list
    canvas.register(
      PointerTarget.action(PointerAction { state, _ in state.clickRow(row, of: list) }), in: strip)
    if isSelected {
      canvas[strip.x, strip.y] = Cell(state.marks.pick("▸", ">"), style)
      if state.startList == list, state.focus != 1 { canvas.cursor = (strip.x, strip.y) }
    }
    // The last column stays free for arrows.
    let text = strip.inset(left: 2, right: 1)
    let name = state.marks.fit(rows[row].name, width: text.width)
    canvas.write(name, in: text, style: style)
    let rest = text.inset(left: name.unicodeScalars.count + 2)
    // Cut words would say little.
    guard rest.width >= rows[row].words.unicodeScalars.count else { return }
    canvas.write(rows[row].words, in: rest, style: isSelected ? style : Style(.muted))
  }
}
