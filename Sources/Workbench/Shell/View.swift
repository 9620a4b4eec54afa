import ScoreLab
public import TermPlot

/// Draws the whole screen.
public func draw(_ state: WorkbenchState, into canvas: inout Canvas) {
  canvas.fill(canvas.bounds)
  canvas.cursor = nil
  guard state.size.columns >= Layout.minimum.columns, state.size.rows >= Layout.minimum.rows
  else { return drawTooSmall(state, into: &canvas) }
  let layout = Layout(state: state)
  drawHeader(state, into: &canvas, in: layout.header)
  drawTabs(state, into: &canvas, in: layout.tabs)
  for (index, area) in layout.panes {
    let pane = state.page.panes[index]
    let panel = Panel(
      pane.title, note: pane.note(state), isFocused: index == state.focus,
      isCompact: layout.isCompact, marks: state.marks)
    let inner = panel.draw(into: &canvas, in: area)
    pane.draw(state, into: &canvas, in: inner)
  }
  drawFooter(state, into: &canvas, in: layout.footer)
  drawOverlay(state, into: &canvas)
}

extension WorkbenchState {
  /// What the panes on screen draw of a run; nothing where none of them is of one.
  var shownMeasurements: MeasurementRequest {
    guard size.columns >= Layout.minimum.columns, size.rows >= Layout.minimum.rows
    else { return .none }
    return MeasurementRequest(
      Layout(state: self).panes.flatMap { page.panes[$0.index].measurements(self) })
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

private func drawHeader(_ state: WorkbenchState, into canvas: inout Canvas, in row: Rect) {
  let style = Style(.statusText, on: .statusBar)
  canvas.fill(row, with: Cell(" ", style))
  // On a narrow screen what runs matters more than the name.
  var x = canvas.write(
    row.width < 72 ? " " : " Scorefield ", in: row,
    style: Style(.title, on: .statusBar, attributes: .bold))
  if state.page == .experiment { return drawExperimentHeader(state, at: x, into: &canvas, in: row) }
  let status = statusText(state)
  if state.page == .plan {
    x += canvas.write(
      "plan: \(TheoremPlan.label)  ", x: x, y: row.y, limit: row.maxX,
      style: Style(.warning, on: .statusBar, attributes: .bold))
  }
  x += canvas.write(
    status.text + " ", x: x, y: row.y, limit: row.maxX,
    style: Style(status.role, on: .statusBar, attributes: .bold))
  guard state.page == .live, let snapshot = state.snapshot else { return }
  let configuration = snapshot.configuration
  var parts = [configuration.distribution.kind, "step \(grouped(snapshot.step))"]
  if let rate = snapshot.stepsPerSecond {
    parts.append("\(grouped(Int(rate.rounded()))) steps/s")
  }
  parts.append("n \(configuration.trainingSet.count.text)")
  parts.append("seed \(configuration.seed)")
  drawParts(parts, at: x, into: &canvas, in: row)
}

private func drawParts(
  _ parts: [String], at start: Int, into canvas: inout Canvas, in row: Rect
) {
  var x = start
  // A part cut in two could be read as another number.
  for part in parts where x + part.count + 1 <= row.maxX {
    x += canvas.write(
      " \(part) ", x: x, y: row.y, limit: row.maxX, style: Style(.statusText, on: .statusBar))
  }
}

private func drawExperimentHeader(
  _ state: WorkbenchState, at start: Int, into canvas: inout Canvas, in row: Rect
) {
  let (experiment, isUnicode) = (state.experiment, state.marks.isUnicode)
  let status: (text: String, role: StyleRole) =
    switch experiment.status {
    case .none: ("experiments", .muted)
    case .starting: ("starting", .muted)
    case .running: ((isUnicode ? "▶" : ">") + " running", .good)
    case .paused: ((isUnicode ? "‖" : "=") + " paused", .warning)
    case .finished: ((isUnicode ? "■" : "#") + " finished", .accent)
    case .stopped: ((isUnicode ? "■" : "#") + " stopped, r runs it again", .warning)
    case .failed: ("! failed", .error)
    }
  let x =
    start
    + canvas.write(
      status.text + " ", x: start, y: row.y, limit: row.maxX,
      style: Style(status.role, on: .statusBar, attributes: .bold))
  guard let configuration = experiment.configuration else { return }
  var parts = [configuration.choice.name]
  if let news = experiment.news {
    parts.append("\(grouped(news.unitsDone)) of \(grouped(news.unitCount)) units")
  }
  parts.append("seed \(configuration.seed)")
  if experiment.hasPausedTraining { parts.append("training paused") }
  drawParts(parts, at: x, into: &canvas, in: row)
}

private func statusText(_ state: WorkbenchState) -> (text: String, role: StyleRole) {
  let unicode = state.marks.isUnicode
  let frozen = state.isFrozen ? " (view frozen)" : ""
  switch state.status ?? state.snapshot?.status {
  case .training?: return ((unicode ? "▶" : ">") + " training" + frozen, .good)
  case .paused?: return ((unicode ? "‖" : "=") + " paused" + frozen, .warning)
  case .diverged?: return ("! diverged" + frozen, .error)
  case .finished?: return ((unicode ? "■" : "#") + " step limit" + frozen, .accent)
  case nil: return ("starting", .muted)
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
  for (index, pane) in state.page.panes.enumerated() {
    let isFocused = index == state.focus
    let text = isFocused ? "[\(index + 1) \(pane.title)]" : " \(index + 1) \(pane.title) "
    x += canvas.write(
      text + " ", x: x, y: row.y, limit: row.maxX,
      style: Style(isFocused ? .focusBorder : .muted, attributes: isFocused ? .bold : []))
  }
}

private func drawFooter(_ state: WorkbenchState, into canvas: inout Canvas, in row: Rect) {
  let style = Style(.statusText, on: .statusBar)
  canvas.fill(row, with: Cell(" ", style))
  if let notice = state.shownNotice {
    for (offset, line) in Layout.noticeLines(state).enumerated() {
      canvas.write(
        " " + line, x: row.x, y: row.y + offset, limit: row.maxX,
        style: Style(notice.role, on: .statusBar, attributes: .bold))
    }
    return
  }
  var x = row.x + 1
  for hint in footerHints(state) {
    guard x + hint.count < row.maxX else { continue }
    let words = hint.split(separator: " ")
    // The last word says what the keys before it do.
    let keys = words.dropLast().joined(separator: " ")
    x += canvas.write(
      keys, x: x, y: row.y, style: Style(.key, on: .statusBar, attributes: .bold))
    x += canvas.write(
      " \(words.last ?? "")  ", x: x, y: row.y, limit: row.maxX, style: style)
  }
}

extension WorkbenchState {
  /// The line in place of the footer's keys; nil shows the keys.
  var shownNotice: Notice? { notice ?? standingNotice }

  /// What must stay on screen until it is dealt with.
  private var standingNotice: Notice? {
    guard page == .live, case .diverged(let divergence)? = status ?? snapshot?.status,
      editor == nil, overlay == nil
    else { return nil }
    return Notice(
      text: "diverged at step \(grouped(divergence.step)): lower the rate, then Space goes on "
        + "from \(grouped(divergence.restoredStep)); r restarts (learning rate "
        + "\(NumberText.short(divergence.learningRate)))",
      role: .error)
  }
}

/// The keys that work here, as the footer shows them: those to know first, then the pane's.
func footerHints(_ state: WorkbenchState) -> [String] {
  if state.editor != nil { return ["Enter set", "Esc leave", "Ctrl-U clear"] }
  switch state.overlay {
  case .help?: return ["arrows scroll", "Esc close"]
  case .choices?: return ["arrows move", "Enter choose", "Esc close"]
  case nil: break
  }
  let pane = state.page.panes[state.focus].keyBindings.compactMap(\.hint)
  let global = state.page.keyBindings.compactMap(\.hint)
  let known = [
    "? help", "q quit", "Space pause", "Tab pane", "e experiments", "e back", "p back",
    "n choose",
  ]
  let first = known.filter { global.contains($0) }
  return (first + pane + global.filter { !first.contains($0) }).map {
    $0 == "Space pause" && isWaiting(state) ? "Space resume" : $0
  }
}

/// Whether Space would make the session, or the experiment, go on.
private func isWaiting(_ state: WorkbenchState) -> Bool {
  if state.page == .experiment { return state.experiment.status == .paused }
  return switch state.status {
  case .paused?, .diverged?: true
  case .training?, .finished?, nil: false
  }
}

private func drawOverlay(_ state: WorkbenchState, into canvas: inout Canvas) {
  switch state.overlay {
  case .help(let scroll)?:
    HelpText.overlay(state, scroll: scroll).draw(into: &canvas, in: canvas.bounds)
  case .choices(let field, let selected)?:
    guard case .choice(let names) = field.kind else { return }
    ChoiceList(
      field.label.trimmedSpaces,
      choices: names.map { .init($0, summary: field.choiceSummaries[$0] ?? "") },
      selected: selected, hint: "Enter chooses", marks: state.marks
    ).draw(into: &canvas, in: canvas.bounds)
  case nil: break
  }
}
