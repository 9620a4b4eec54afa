import RunDatabase
import ScoreLab
import TermPlot

/// How the chosen runs differ, a column each; of a single run what is known of it.
struct RunSettingsPane: ScrollablePane {
  let title = "Settings"

  var commands: [Command] { Self.commands }

  func note(_ state: WorkbenchState) -> String {
    guard state.runsPage.chosen.count > 1 else { return state.listedRuns.selected?.name ?? "" }
    return "what differs"
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    if let table = table(state) {
      table.draw(into: &canvas, in: area)
    } else {
      facts(state, width: area.width).draw(into: &canvas, in: area)
    }
  }

  func maximumScroll(_ state: WorkbenchState, in area: Rect) -> Int {
    table(state)?.maximumScroll(in: area)
      ?? facts(state, width: area.width).maximumScroll(height: area.height)
  }

  func words(_ state: WorkbenchState) -> [String]? {
    guard let table = table(state) else {
      return facts(state, width: 10_000).lines.map(\.text)
    }
    let names = zip(state.runsPage.chosen, table.columns.dropFirst()).map { run, letter in
      "\(letter) is \(state.keptRun(run)?.name ?? "\(run)")"
    }
    return [names.joined(separator: ", ") + "."]
      + table.rows.map { row in
        row[0] + ": "
          + zip(table.columns.dropFirst(), row.dropFirst()).map { "\($0) \($1)" }
          .joined(separator: ", ") + "."
      }
  }

  /// How far two or more chosen runs came, and the settings in which they differ at their ends.
  func table(_ state: WorkbenchState) -> DataTable? {
    let page = state.runsPage
    guard page.chosen.count > 1 else { return nil }
    let summaries = page.chosen.map { state.keptRun($0) }
    let records = page.chosen.map { page.message?.runs[$0]?.record }
    var rows = [
      ["steps"] + summaries.map { $0.map { grouped($0.steps) } ?? "-" },
      ["loss"] + summaries.map { RunListPane.number($0?.loss) },
      ["worst L2"] + summaries.map { RunListPane.number($0?.worstL2) },
    ]
    let read = records.compactMap { $0 }
    if read.count == records.count {
      rows += differences(between: read.map(\.log.configuration))
    }
    return DataTable(
      columns: [""] + page.chosen.indices.map { RunLook.letter($0) }, rows: rows,
      scroll: page.scroll, columnScroll: page.columnScroll, marks: state.marks)
  }

  /// A row for each key; without its section where no other key has the same last word.
  private func differences(between configurations: [RunConfiguration]) -> [[String]] {
    let rows = SettingsTable(configurations).rows
    func last(_ key: String) -> String { key.split(separator: ".").last.map(String.init) ?? key }
    let words = rows.map { last($0.key) }
    return zip(rows, words).map { row, word in
      let isClear = word != "kind" && words.count { $0 == word } == 1
      return [isClear ? word : row.key] + row.values.map { $0 ?? "-" }
    }
  }

  /// What is known of the run that is looked at.
  private func facts(_ state: WorkbenchState, width: Int) -> TextBlock {
    guard let run = state.curveRuns.first, let summary = state.keptRun(run) else {
      return TextBlock([], marks: state.marks)
    }
    var lines = [
      "id \(run), seed \(summary.seed)",
      "begun \(UTCTime.minute(summary.created)), trained \(UTCTime.minute(summary.updated)) UTC",
      "by scorefield \(summary.origin.version) on \(summary.origin.processor)",
    ]
    if let stored = state.runsPage.message?.runs[run] {
      lines += facts(stored)
    }
    if !summary.tags.isEmpty { lines.append("tags \(summary.tags.joined(separator: " "))") }
    if !summary.note.isEmpty { lines.append("note: \(summary.note)") }
    let wrapped = lines.flatMap { state.marks.wrap($0, width: max(1, width - 2), rows: 6) }
    return TextBlock(wrapped.map { .init($0) }, scroll: state.runsPage.scroll, marks: state.marks)
  }

  /// Checkpoints, parent, what is not the standard value, and edits.
  private func facts(_ stored: StoredRun) -> [String] {
    let log = stored.record.log
    var lines = ["checkpoints \(stored.checkpoints.count), \(stored.checkpoints.bytes >> 10) KiB"]
    if let parent = stored.record.parent {
      lines.append("goes on from \(parent.run) at step \(grouped(parent.executedSteps))")
    }
    lines += SettingsTable([RunConfiguration(), log.start]).rows.compactMap { row in
      row.values[1].map { "\(row.key) \($0)" }
    }
    var before = log.start
    for entry in log.entries {
      switch entry.action {
      case .configure(let configuration):
        lines.append(
          "step \(grouped(entry.executedSteps)): \(configuration.summary(ofChangesFrom: before))")
        before = configuration
      case .resumeAfterDivergence:
        lines.append("step \(grouped(entry.executedSteps)): went on after a divergence")
      }
    }
    return lines
  }
}
