import NumberFormatting
import RunDatabase
import ScoreLab
import TermPlot

/// The runs that are kept, a row each.
struct RunListPane: Pane {
  let title = "Runs"

  var commands: [Command] { Self.commands }

  func note(_ state: WorkbenchState) -> String {
    let listing = state.listedRuns
    guard let selection = listing.selection else { return "" }
    return "\(grouped(selection + 1)) of \(grouped(listing.count))"
  }

  func words(_ state: WorkbenchState) -> [String]? {
    let listing = state.listedRuns
    guard let area = Layout(state: state).inner(ofPane: 0), listing.count > 0 else {
      return [Self.emptyWords(state)]
    }
    return Self.window(of: listing, in: area).rows.map { row in
      let run = listing[row]
      let letter = state.runsPage.chosen.firstIndex(of: run.id).map { "\(RunLook.letter($0)), " }
      return (row == listing.selection ? "Selected: " : "") + (letter ?? "") + run.name
        + ": \(grouped(run.steps)) steps, loss \(Self.number(run.loss)), worst L2 "
        + "\(Self.number(run.worstL2)), trained \(UTCTime.minute(run.updated)) UTC"
        + (run.tags.isEmpty ? "" : ", tags \(run.tags.joined(separator: " "))")
        + (run.note.isEmpty ? "" : ", note: \(run.note)") + "."
    }
  }

  /// The rows that show in an area, whose first one has the heads of the columns.
  static func window(of listing: RunListing, in area: Rect) -> ListWindow {
    ListWindow(count: listing.count, selected: listing.selection, height: area.height - 1)
  }

  /// Why the list is empty.
  private static func emptyWords(_ state: WorkbenchState) -> String {
    let page = state.runsPage
    if let absence = page.absence { return absence }
    guard let message = page.message, message.isWhole else {
      return page.message?.problem ?? "reading ..."
    }
    return message.index.runs.isEmpty
      ? "no run is kept yet; a run is kept by itself from its first step on"
      : "no run has these words; Esc lists all"
  }

  static func number(_ value: Double?) -> String {
    value.map { NumberText.short($0, digits: 4) } ?? "-"
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    let listing = state.listedRuns
    guard listing.count > 0 else {
      canvas.write(
        state.marks.fit(Self.emptyWords(state), width: area.width), in: area, style: Style(.muted))
      return
    }
    let columns = Columns(width: area.width)
    let (head, body) = area.splitTop(rows: 1)
    columns.drawHeads(state.runsPage.order, state.marks, into: &canvas, in: head)
    let window = Self.window(of: listing, in: area)
    for (offset, row) in window.rows.enumerated() {
      let strip = Rect(x: body.x, y: body.y + offset, width: body.width, height: 1)
      draw(listing[row], row == listing.selection, state, columns, into: &canvas, in: strip)
    }
    window.drawArrows(into: &canvas, in: body, marks: state.marks)
  }

  private func draw(
    _ run: RunSummary, _ isSelected: Bool, _ state: WorkbenchState, _ columns: Columns,
    into canvas: inout Canvas, in row: Rect
  ) {
    let style = isSelected ? Style(.selectionText, on: .selection, attributes: .bold) : Style(.text)
    canvas.fill(row, with: Cell(" ", style))
    canvas.register(PointerTarget.action(Self.click(on: run.id)), in: row)
    if isSelected {
      canvas[row.x, row.y] = Cell(state.marks.pick("▸", ">"), style)
      if state.focus == 0 { canvas.cursor = (row.x, row.y) }
    }
    if let place = state.runsPage.chosen.firstIndex(of: run.id) {
      var letter = style
      letter.foreground = .role(RunLook.role(place))
      canvas.write(RunLook.letter(place), x: row.x + 1, y: row.y, limit: row.maxX, style: letter)
    }
    for column in columns.shown {
      let area = column.area(in: row)
      if column.kind == .picture {
        Sparkline(
          state.runsPage.message?.pictures[run.id] ?? [],
          role: isSelected ? .selectionText : .training, marks: state.marks
        ).draw(into: &canvas, in: area)
        if isSelected { Self.shade(area, into: &canvas) }
      } else {
        let text = state.marks.fit(column.kind.text(run), width: area.width)
        let x = column.kind.isNumber ? area.maxX - text.unicodeScalars.count : area.x
        canvas.write(text, x: x, y: row.y, limit: area.maxX, style: style)
      }
    }
  }

  /// Gives what was drawn on a selected row its background.
  private static func shade(_ area: Rect, into canvas: inout Canvas) {
    for x in area.x..<area.maxX { canvas[x, area.y].style.background = .role(.selection) }
  }

  /// Selects a run; a click on the selected one opens it.
  private static func click(on run: RunID) -> PointerAction {
    PointerAction { state, _ in
      guard state.listedRuns.selected?.id == run else {
        state.runsPage.selected = run
        return []
      }
      return state.perform(.openRun)
    }
  }
}

/// The columns of the list that there is room for.
private struct Columns {
  enum Kind: CaseIterable {
    case name, steps, loss, error, picture, date, tags, note

    /// The columns of the screen that it takes.
    var width: Int {
      switch self {
      case .name: 20
      case .steps: 9
      case .loss, .error: 8
      case .picture: 12
      case .date: 16
      case .tags: 14
      case .note: 20
      }
    }

    var isNumber: Bool {
      switch self {
      case .steps, .loss, .error: true
      case .name, .picture, .date, .tags, .note: false
      }
    }

    var head: String {
      switch self {
      case .name: "name"
      case .steps: "steps"
      case .loss: "loss"
      case .error: "worst L2"
      case .picture: "loss, course"
      case .date: "trained (UTC)"
      case .tags: "tags"
      case .note: "note"
      }
    }

    /// What a click on the head sorts by; nil for nothing.
    var order: RunSummary.Order? {
      switch self {
      case .name: .name
      case .steps: .steps
      case .loss: .loss
      case .error: .error
      case .date: .updated
      case .picture, .tags, .note: nil
      }
    }

    func text(_ run: RunSummary) -> String {
      switch self {
      case .name: run.name
      case .steps: grouped(run.steps)
      case .loss: RunListPane.number(run.loss)
      case .error: RunListPane.number(run.worstL2)
      case .picture: ""
      case .date: UTCTime.minute(run.updated)
      case .tags: run.tags.joined(separator: " ")
      case .note: run.note
      }
    }
  }

  struct Column {
    var kind: Kind
    var start: Int
    var width: Int

    func area(in row: Rect) -> Rect {
      Rect(x: row.x + start, y: row.y, width: width, height: 1).intersection(row)
    }
  }

  private(set) var shown: [Column] = []

  /// Takes columns as long as they fit; what is left goes to the last one of words.
  init(width: Int) {
    var start = 3
    // The last column stays free for arrows.
    let room = width - 1
    for kind in Kind.allCases {
      let rest = room - start
      guard rest >= min(kind.width, 8) else { break }
      guard kind.width <= rest || !kind.isNumber && kind != .picture && kind != .date else { break }
      shown.append(Column(kind: kind, start: start, width: min(kind.width, rest)))
      start += min(kind.width, rest) + 2
    }
    guard let last = shown.last, !last.kind.isNumber, last.kind != .picture else { return }
    shown[shown.count - 1].width = max(last.width, room - last.start)
  }

  func drawHeads(
    _ order: RunSummary.Order, _ marks: Marks, into canvas: inout Canvas, in row: Rect
  ) {
    for column in shown {
      let area = column.area(in: row)
      let isOrder = column.kind.order == order
      let text = marks.fit(
        column.kind.head + (isOrder ? String(marks.pick("↓", "*")) : ""), width: area.width)
      let x = column.kind.isNumber ? area.maxX - text.unicodeScalars.count : area.x
      canvas.write(
        text, x: x, y: row.y, limit: area.maxX,
        style: Style(isOrder ? .title : .muted, attributes: .bold))
      guard let wanted = column.kind.order else { continue }
      canvas.register(
        PointerTarget.action(
          PointerAction { state, _ in
            state.sortRuns(by: wanted)
            return []
          }), in: area)
    }
  }
}
