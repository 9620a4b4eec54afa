import ScoreClaims
import ScoreLab
import TermPlot

extension WorkbenchState {
  /// Draws the page's form, and below it what the selected line is.
  ///
  /// - Parameters:
  ///   - isFocused: Whether keys go to it.
  ///   - reserved: The rows below that are not the form's.
  ///   - canvas: What is drawn into.
  ///   - area: Where.
  /// - Returns: What is left.
  func drawForm(
    isFocused: Bool, reserving reserved: Int = 0, into canvas: inout Canvas, in area: Rect
  ) -> Rect {
    var area = area
    if form.isFiltering {
      let parts = area.splitTop(rows: 1)
      canvas.write(" /", in: parts.top, style: Style(.key, attributes: .bold))
      TextField(text: form.filter.text, cursor: form.filter.cursor)
        .draw(into: &canvas, in: parts.top.inset(left: 2))
      area = parts.rest
    }
    let lines = formLines
    let selected = lines.first { $0.path == editor?.field.path ?? selectedRow } ?? lines.first
    let words = selected.map { explanation(of: $0) } ?? "nothing has these words; Esc shows all"
    let explained = marks.wrap(
      words, width: max(1, area.width - 2), rows: Self.explanationRows(height: area.height))
    // The form keeps three rows whatever is to be said below it.
    let room = max(3, area.height - reserved - explained.count)
    let (top, rest) = area.splitTop(rows: min(lines.count, room))
    list(lines, isFocused: isFocused && !form.isFiltering).draw(into: &canvas, in: top)
    let (below, left) = rest.splitTop(rows: explained.count)
    TextBlock(explained.map { .init($0, .muted) }, marks: marks)
      .draw(into: &canvas, in: below.inset(left: 1, right: 1))
    return left
  }

  /// The rows for what the selected line is.
  private static func explanationRows(height: Int) -> Int { height >= 24 ? 3 : height >= 7 ? 2 : 1 }

  /// The lines of the form that fit without scrolling; in a high pane the rest is for other facts.
  var formHeight: Int {
    guard
      let pane = pageType.panes.firstIndex(where: {
        $0.commands.contains { $0.id == "form.edit" }
      }), let area = Layout(state: self).inner(ofPane: pane)
    else { return 0 }
    return area.height - Self.explanationRows(height: area.height) - (area.height >= 30 ? 9 : 0)
  }

  private func list(_ lines: [FormLine], isFocused: Bool) -> FormList {
    let path = editor?.field.path ?? selectedRow
    let start = formPage?.startValues(self) ?? [:]
    let rows = lines.map { line in
      switch line {
      case .heading(let group, let isFolded, let labels):
        FormList.Row(
          (isFolded ? "+ " : "- ") + group,
          value: isFolded ? labels.joined(separator: ", ") : "", isHeading: true)
      case .row(let row):
        FormList.Row(
          (row.field.isIndented ? "  " : "") + row.field.label, value: row.text,
          marker: marker(row, start), markerRole: .warning,
          editing: editor.flatMap { $0.field.path == row.field.path ? $0.line.editing : nil },
          hasSteps: !row.field.isTyped)
      }
    }
    return FormList(
      rows: rows, selected: lines.firstIndex { $0.path == path } ?? 0, isFocused: isFocused,
      marks: marks)
  }

  /// Whether a value differs from the start, and whether a change starts again.
  private func marker(_ row: FormRow, _ start: [String: ConfigurationValue]) -> String {
    let restarts = formPage?.hasLiveRows == true && !row.field.isLive
    let isChanged = row.value != nil && start[row.field.path] != row.value
    return (isChanged ? String(Character(marks.pick("≠", "#"))) : " ")
      + (restarts ? String(Character(marks.pick("↻", "*"))) : " ")
  }

  /// Every value of the page's form by its key.
  var tableOfForm: ReportTable {
    ReportTable(
      "setup", title: "Values", columns: ["key", "value"],
      rows: formRows.map { [.text($0.field.path), .text($0.text)] })
  }

  /// The selected row in words: its name and value, and what it is.
  var wordsOfForm: [String] {
    guard let line = selectedLine else { return ["No row has these words; Esc shows all."] }
    let name =
      switch line {
      case .heading(let group, _, _): "Group \(group)"
      case .row(let row): "\(row.field.label) is \(row.text)"
      }
    return [
      "Row \(selectedIndex + 1) of \(formLines.count): \(name).", explanation(of: line) + ".",
    ]
  }

  /// What a line is, its range, what changing it does, and what it was at the start.
  private func explanation(of line: FormLine) -> String {
    switch line {
    case .heading(_, let isFolded, let labels):
      return "\(isFolded ? "right unfolds" : "left folds") \(labels.joined(separator: ", "))"
    case .row(let row):
      let description = row.field.description
      var parts = [description.summary]
      if let summary = description.choiceSummaries[row.text] {
        parts.append("\(row.text): \(summary)")
      } else if row.field.choices == nil {
        parts.append(description.allowed)
      }
      if formPage?.hasLiveRows == true { parts.append(row.field.isLive ? "live" : "restarts") }
      if let start = formPage?.startValues(self)[row.field.path], start != row.value {
        parts.append("\(start.text) at the start")
      }
      return parts.filter { !$0.isEmpty }.joined(separator: "; ")
    }
  }

  /// What the title of a form's pane says of the form: what is left out, or what its signs mean.
  func formNote(otherwise words: String) -> String {
    if form.isLiveOnly { return "live only, ~ shows all" }
    if !form.filter.text.isEmpty && !form.isFiltering {
      return "/\(form.filter.text), Esc shows all"
    }
    return words
  }
}
