import ScoreClaims
import ScoreLab
import TermPlot

/// The experiment's values as a form, and how far it has come.
struct ExperimentSetupPane: Pane {
  let title = "Experiment"
  var commands: [Command] { Command.form }

  func note(_ state: WorkbenchState) -> String {
    state.experiment.configuration == nil ? "" : "a change starts again"
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    let (form, selected) = state.formList(isFocused: state.experiment.focus == 0)
    let progress = progressRows(state, width: area.width)
    // The form keeps three rows whatever is to be said below it.
    let room = max(3, area.height - progress - 1)
    let (top, rest) = area.splitTop(rows: min(form.rows.count, room))
    form.draw(into: &canvas, in: top)
    let (summary, below) = rest.splitTop(rows: rest.height > progress ? 1 : 0)
    if !summary.isEmpty {
      canvas.write(
        state.marks.fit(" " + selected.field.description.summary, width: summary.width),
        in: summary, style: Style(.muted))
    }
    drawProgress(state, into: &canvas, in: below.inset(left: 1, right: 1))
  }

  private func progressRows(_ state: WorkbenchState, width: Int) -> Int {
    if case .failed(let message) = state.experiment.status {
      return state.marks.wrap("! " + message, width: max(1, width - 2), rows: 4).count
    }
    return state.experiment.currentNews == nil ? 1 : 4
  }

  private func drawProgress(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    let experiment = state.experiment
    if case .failed(let message) = experiment.status {
      let lines = state.marks.wrap("! " + message, width: area.width, rows: 4)
      TextBlock(lines.map { .init($0, .error, isBold: true) }, marks: state.marks)
        .draw(into: &canvas, in: area)
      return
    }
    guard let news = experiment.currentNews else {
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
      fraction: Double(news.unitsDone) / Double(max(1, news.unitCount)),
      label: "\(grouped(news.unitsDone))/\(grouped(news.unitCount))",
      role: news.status == .finished ? .good : .accent, marks: state.marks
    ).draw(into: &canvas, in: next())
    for text in [times(news), news.activity] {
      let row = next()
      canvas.write(state.marks.fit(text, width: row.width), in: row, style: Style(.text))
    }
    let row = next()
    guard news.pace.count > 1, let pace = news.pace.last, row.width > 24 else { return }
    let label = "\(NumberText.short(pace)) units/s "
    let used = canvas.write(label, in: row, style: Style(.muted))
    let bars = row.inset(left: used)
    Sparkline(news.pace, marks: state.marks).draw(
      into: &canvas, in: bars.splitLeft(columns: min(bars.width, news.pace.count)).left)
  }

  private func times(_ news: ExperimentNews) -> String {
    let taken = "\(Self.duration(news.elapsed)) taken"
    guard news.unitsDone > 0, news.unitsDone < news.unitCount else { return taken }
    let left = news.elapsed * Double(news.unitCount - news.unitsDone) / Double(news.unitsDone)
    return taken + ", about \(Self.duration(left)) to go"
  }

  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e6 else { return "long" }
    let whole = Int(seconds.rounded())
    if whole < 1 { return "under 1 s" }
    return whole < 100 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }
}
