import NumberFormatting
import ScoreClaims
import ScoreLab
import TermPlot

/// The experiment's values as a form, and how far it has come.
struct ExperimentSetupPane: Pane {
  let title = "Experiment"
  var commands: [Command] { Command.form }

  func words(_ state: WorkbenchState) -> [String]? { state.wordsOfForm }

  func table(_ state: WorkbenchState) -> ReportTable? { state.tableOfForm }

  func note(_ state: WorkbenchState) -> String {
    state.formNote(
      otherwise: state.experiment.configuration == nil ? "" : "a change restarts")
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    let below = state.drawForm(
      isFocused: state.experiment.focus == 0, reserving: progressRows(state, width: area.width),
      into: &canvas, in: area)
    drawProgress(state, into: &canvas, in: below.inset(left: 1, right: 1))
  }

  private func progressRows(_ state: WorkbenchState, width: Int) -> Int {
    if case .failed(let message) = state.experiment.status {
      return state.marks.wrap("! " + message, width: max(1, width - 2), rows: 4).count
    }
    return state.experiment.currentMessage == nil ? 1 : 4
  }

  private func drawProgress(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    let experiment = state.experiment
    if case .failed(let message) = experiment.status {
      let lines = state.marks.wrap("! " + message, width: area.width, rows: 4)
      TextBlock(lines.map { .init($0, .error, isBold: true) }, marks: state.marks)
        .draw(into: &canvas, in: area)
      return
    }
    guard let message = experiment.currentMessage else {
      let text = experiment.configuration == nil ? "n chooses an experiment" : "starting ..."
      canvas.write(text, in: area, style: Style(.muted))
      return
    }
    var rest = area
    func next() -> Rect {
      let parts = rest.splitTop(rows: 1)
      rest = parts.rest
      return parts.top
    }
    Gauge(
      fraction: Double(message.unitsDone) / Double(max(1, message.unitCount)),
      label: "\(grouped(message.unitsDone))/\(grouped(message.unitCount))",
      role: message.status == .finished ? .good : .accent, marks: state.marks
    ).draw(into: &canvas, in: next())
    for text in [times(message), message.activity] {
      let row = next()
      canvas.write(state.marks.fit(text, width: row.width), in: row, style: Style(.text))
    }
    let row = next()
    guard message.pace.count > 1, let pace = message.pace.last, row.width > 24 else { return }
    let label = "\(NumberText.short(pace)) units/s "
    let used = canvas.write(label, in: row, style: Style(.muted))
    let bars = row.inset(left: used)
    Sparkline(message.pace, marks: state.marks).draw(
      into: &canvas, in: bars.splitLeft(columns: min(bars.width, message.pace.count)).left)
  }

  private func times(_ message: ExperimentMessage) -> String {
    let taken = "\(Self.duration(message.elapsed)) taken"
    guard message.unitsDone > 0, message.unitsDone < message.unitCount else { return taken }
    let left =
      message.elapsed * Double(message.unitCount - message.unitsDone) / Double(message.unitsDone)
    return taken + ", about \(Self.duration(left)) to go"
  }

  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e6 else { return "long" }
    let whole = Int(seconds.rounded())
    if whole < 1 { return "under 1 s" }
    return whole < 100 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }
}
