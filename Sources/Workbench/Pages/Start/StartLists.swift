import Lessons
import NumberFormatting
import RunDatabase
import ScoreLab
import TermPlot

/// A list of the start page.
protocol StartListPane: Pane {
  var list: StartList { get }
  func rows(_ state: WorkbenchState) -> [StartRows.Row]
  /// What is said where there are no rows.
  func absence(_ state: WorkbenchState) -> String
}

extension StartListPane {
  var commands: [Command] { Command.movingInStart }

  private func all(_ state: WorkbenchState) -> StartRows {
    StartRows(list: list, rows: rows(state), absence: absence(state))
  }

  func note(_ state: WorkbenchState) -> String {
    state.selectedRow(of: list).map { "\($0 + 1) of \(state.rowCount(of: list))" } ?? ""
  }

  func words(_ state: WorkbenchState) -> [String]? { all(state).words(state) }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    all(state).draw(state, into: &canvas, in: area)
  }
}

/// The presets, in parts.
struct PresetListPane: StartListPane {
  let title = "Presets"
  let list = StartList.presets

  var explanation: String {
    """
    Runs to begin with, from first steps to the main picture of each paper. Files of your own stand \
    in presets/ of the configuration folder or in $SCOREFIELD_PRESETS.
    """
  }

  func rows(_ state: WorkbenchState) -> [StartRows.Row] {
    var part: String?
    return state.start.presets.map { preset in
      defer { part = preset.part }
      return StartRows.Row(
        name: preset.title, words: preset.summary,
        heading: preset.part == part ? nil : preset.part)
    }
  }

  func absence(_ state: WorkbenchState) -> String { "there is no preset" }

  /// Where the picture has no place of its own, the sentence of the preset stands below the list.
  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    let rows = StartRows(list: list, rows: rows(state), absence: absence(state))
    guard Layout(state: state).inner(ofPane: 1) == nil, let preset = state.selectedPreset else {
      return rows.draw(state, into: &canvas, in: area)
    }
    let lines = state.marks.wrap(preset.summary, width: area.width, rows: 3)
    let (above, below) = area.splitBottom(rows: min(lines.count, area.height / 2))
    rows.draw(state, into: &canvas, in: above)
    for (row, line) in lines.enumerated() where row < below.height {
      canvas.write(line, in: below.inset(top: row), style: Style(.accent))
    }
  }
}

/// The runs that were trained last.
struct RecentRunsPane: StartListPane {
  let title = "Runs"
  let list = StartList.runs

  var explanation: String {
    "The twelve runs that were trained last. Enter resumes one; the page of the runs (o) has all of them."
  }

  func rows(_ state: WorkbenchState) -> [StartRows.Row] {
    state.recentRuns.map { run in
      let loss = run.loss.map { ", loss \(NumberText.short($0, digits: 3))" } ?? ""
      return StartRows.Row(name: run.name, words: "\(grouped(run.steps)) steps\(loss)")
    }
  }

  func absence(_ state: WorkbenchState) -> String {
    let page = state.runsPage
    if let reason = page.absence ?? page.message?.problem { return reason }
    return page.message == nil
      ? "reading ..." : "no run is kept yet; a run is kept by itself from its first step on"
  }
}

/// The lessons, with how far they are read.
struct LessonListPane: StartListPane {
  let title = "Lessons"
  let list = StartList.lessons

  var explanation: String {
    "A course in steps, with questions whose answers are measured. A lesson goes on where it was left."
  }

  func rows(_ state: WorkbenchState) -> [StartRows.Row] {
    let progress = state.lessons.progress
    return state.lessons.library.lessons.map { lesson in
      let left = progress.steps[lesson.name].map { "at step \($0 + 1) of \(lesson.steps.count)" }
      let words =
        progress.finished.contains(lesson.name) ? "read" : left ?? "\(lesson.minutes) min"
      return StartRows.Row(name: "\(lesson.number) \(lesson.title)", words: words)
    }
  }

  func absence(_ state: WorkbenchState) -> String { "there is no lesson" }
}
