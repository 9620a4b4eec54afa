import ScoreLab
import TermPlot

/// Draws the whole screen, and registers what the mouse can act on.
func draw(_ state: WorkbenchState, into canvas: inout Canvas) {
  canvas.fill(canvas.bounds)
  canvas.cursor = nil
  canvas.regions = []
  guard state.size.columns >= Layout.minimum.columns, state.size.rows >= Layout.minimum.rows
  else { return drawTooSmall(state, into: &canvas) }
  let layout = Layout(state: state)
  let page = state.pageType
  var header = page.header(state)
  if state.recording != nil { header.words.append(.init(text: "REC", role: .error)) }
  header.draw(into: &canvas, in: layout.header)
  drawTabs(state, into: &canvas, in: layout.tabs)
  for (row, line) in state.captionLines.enumerated() {
    canvas.write(
      " " + line, in: layout.caption.inset(top: row), style: Style(.title, attributes: .bold))
  }
  for placed in layout.panes {
    state.drawPane(placed, isCompact: layout.isCompact, into: &canvas)
  }
  page.drawOver(state, into: &canvas)
  for border in layout.borders {
    canvas.register(PointerTarget.border(border.name), in: border.cells)
  }
  state.shownCrosshair?.draw(
    over: canvas.plots(of: state.focus), state.marks, into: &canvas)
  let plots = canvas.plots(of: state.focus)
  // What is typed in or lies over the panes takes all clicks, but for those on the footer.
  if state.overlay != nil || state.editor != nil { canvas.regions = [] }
  drawFooter(state, plots, into: &canvas, in: layout.footer)
  drawOverlay(state, into: &canvas, above: layout.footer)
}

extension WorkbenchState {
  /// Draws a pane with its title, and around it its border where it is not compact.
  func drawPane(_ placed: PlacedPane, isCompact: Bool, into canvas: inout Canvas) {
    let pane = pageType.panes[placed.index]
    let isFocused = placed.index == focus
    let note = [pane.note(self), top.windows[pane.title] == nil ? "" : "part of it"]
    let panel = Panel(
      pane.title, note: note.filter { !$0.isEmpty }.joined(separator: ", "), isFocused: isFocused,
      isCompact: isCompact, marks: marks)
    let inner = panel.draw(into: &canvas, in: placed.area)
    // A row or a crosshair of the pane has the hardware cursor; where there is none, its title.
    if isFocused { canvas.cursor = (placed.area.x + (isCompact ? 0 : 1), placed.area.y) }
    drawContent(ofPane: placed.index, into: &canvas, in: inner)
  }

  /// Draws what is inside a pane's border.
  func drawContent(ofPane pane: Int, into canvas: inout Canvas, in area: Rect) {
    (canvas.owner, canvas.hiddenSeries) = (pane, hiddenSeries(ofPane: pane))
    pageType.panes[pane].draw(self, into: &canvas, in: area)
    (canvas.owner, canvas.hiddenSeries) = (nil, [])
  }
}

extension WorkbenchState {
  /// What the panes on screen draw of a run; nothing where none of them is of one.
  var shownMeasurements: MeasurementRequest {
    guard size.columns >= Layout.minimum.columns, size.rows >= Layout.minimum.rows
    else { return .none }
    let panes = Layout(state: self).panes.map { pageType.panes[$0.index] }
    var request = MeasurementRequest(panes.flatMap { $0.measurements(self) })
    request.putInFront(pageType.panes[focus].measurements(self))
    request.placed = panes.lazy.compactMap { $0.placedParticle(self) }.first
    request.metrics = panes.lazy.compactMap { $0.sampleMetrics(self) }.first
    return request
  }
}

private func drawTooSmall(_ state: WorkbenchState, into canvas: inout Canvas) {
  let needed = Layout.minimum
  let lines = [
    "Scorefield needs \(needed.columns)x\(needed.rows)",
    "this is \(state.size.columns)x\(state.size.rows)", "q quits",
  ]
  for (row, line) in lines.enumerated() { canvas.write(line, x: 0, y: row) }
}

extension PageHeader {
  func draw(into canvas: inout Canvas, in row: Rect) {
    canvas.fill(row, with: Cell(" ", Style(.statusText, on: .statusBar)))
    // On a narrow screen what runs matters more than the name.
    var x = canvas.write(
      row.width < 72 ? " " : " Scorefield ", in: row,
      style: Style(.title, on: .statusBar, attributes: .bold))
    for word in words {
      x += canvas.write(
        word.text + " ", x: x, y: row.y, limit: row.maxX,
        style: Style(word.role, on: .statusBar, attributes: .bold))
    }
    // A part cut in two could be read as another number.
    for part in parts where x + part.count + 1 <= row.maxX {
      x += canvas.write(
        " \(part) ", x: x, y: row.y, limit: row.maxX, style: Style(.statusText, on: .statusBar))
    }
  }
}

/// An integer with commas between thousands.
func grouped(_ value: Int) -> String {
  let digits = Array(String(value.magnitude))
  var text = value < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0 && (digits.count - index) % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return text
}

private func drawTabs(_ state: WorkbenchState, into canvas: inout Canvas, in row: Rect) {
  guard row.height > 0 else { return }
  var x = row.x
  for (index, pane) in state.pageType.panes.enumerated() {
    let isFocused = index == state.focus
    let text = isFocused ? "[\(index + 1) \(pane.title)]" : " \(index + 1) \(pane.title) "
    canvas.register(
      PointerTarget.tab(index),
      in: Rect(x: x, y: row.y, width: text.count, height: 1).intersection(row))
    x += canvas.write(
      text + " ", x: x, y: row.y, limit: row.maxX,
      style: Style(isFocused ? .focusBorder : .muted, attributes: isFocused ? .bold : []))
  }
}

/// The notice, or what is read at the crosshair, or the keys.
private func drawFooter(
  _ state: WorkbenchState, _ plots: [PlacedPlot], into canvas: inout Canvas, in row: Rect
) {
  canvas.fill(row, with: Cell(" ", Style(.statusText, on: .statusBar)))
  guard let notice = state.shownNotice else {
    guard let crosshair = state.shownCrosshair else {
      return Footer(state).draw(into: &canvas, in: row)
    }
    return crosshair.drawReading(of: plots, state.marks, into: &canvas, in: row)
  }
  for (offset, line) in Layout.noticeLines(state).enumerated() {
    canvas.write(
      " " + line, x: row.x, y: row.y + offset, limit: row.maxX,
      style: Style(notice.role, on: .statusBar, attributes: .bold))
  }
}

private func drawOverlay(
  _ state: WorkbenchState, into canvas: inout Canvas, above footer: Rect
) {
  switch state.overlay {
  case .help(let help)?:
    HelpText.overlay(state, help).draw(into: &canvas, in: canvas.bounds)
  case .palette(let palette)?: palette.draw(state, into: &canvas)
  case .leaving(let choice)?: choice.draw(state, into: &canvas)
  case .text(let text)?: text.overlay(state).draw(into: &canvas, in: canvas.bounds)
  case .themes(let choice)?: choice.draw(state, into: &canvas)
  case .series(let list)?: list.draw(state, into: &canvas)
  case .deletion(let question)?: question.draw(state, into: &canvas)
  case .hands(let count)?:
    count.draw(
      state, into: &canvas,
      in: Rect(x: 0, y: 0, width: canvas.size.columns, height: max(0, footer.y)))
  case .prompt(let prompt)?: prompt.draw(state, into: &canvas, in: footer)
  case .choices(let choice)?: choice.draw(state, into: &canvas)
  case nil: break
  }
}
