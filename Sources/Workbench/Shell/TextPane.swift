import TermPlot

/// A pane of lines to read, which can be scrolled.
protocol TextPane: ScrollablePane {
  /// The lines at a width, with the rows that are scrolled past.
  func block(_ state: WorkbenchState, width: Int) -> TextBlock
}

extension TextPane {
  var commands: [Command] { Command.scrolling }

  func words(_ state: WorkbenchState) -> [String]? {
    let lines = block(state, width: 10_000).lines.map(\.text)
    return lines.isEmpty ? nil : lines
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    block(state, width: area.width).draw(into: &canvas, in: area)
  }

  func maximumScroll(_ state: WorkbenchState, in area: Rect) -> Int {
    block(state, width: area.width).maximumScroll(height: area.height)
  }
}
