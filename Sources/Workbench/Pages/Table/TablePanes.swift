import NumberFormatting
import OutsideText
import ScoreClaims
import ScoreLab
import ScoreTables
import TermPlot

extension TablePage {
  static let explanation = """
    What each column of your table is taken for, guessed from its cells. A change is checked against the \
    cells and written to the schema's file at once; scorefield synth makes rows with it.
    """
}

/// The keys of every column as a form.
struct SchemaPane: Pane {
  let title = "Schema"
  let explanation = "Each column's role, kind and values; a column is a group that folds."
  var commands: [Command] { Command.form }

  func words(_ state: WorkbenchState) -> [String]? { state.wordsOfForm }

  func table(_ state: WorkbenchState) -> ReportTable? { state.tableOfForm }

  func note(_ state: WorkbenchState) -> String {
    state.formNote(otherwise: "kept with every change")
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    _ = state.drawForm(isFocused: state.tablePage.focus == 0, into: &canvas, in: area)
  }
}

/// All columns, a line each.
struct ColumnListPane: TextPane {
  let title = "Columns"
  let explanation = "Every column with its kind, role, missing values and what it may be."

  func note(_ state: WorkbenchState) -> String { "" }

  func block(_ state: WorkbenchState, width: Int) -> TextBlock {
    guard let table = state.tablePage.table else {
      return TextBlock([.init("no table is open", .muted)], marks: state.marks)
    }
    let lines = table.schema.lines(for: table.raw)
    let notes = table.notes.flatMap { state.marks.wrap("! " + $0, width: max(1, width), rows: 4) }
    return TextBlock(
      lines.enumerated().map { index, line in
        .init(line, index == 0 ? .title : index - 1 == state.selectedColumn ? .accent : .text)
      } + notes.map { .init($0, .warning) },
      scroll: state.tablePage.focus == 2 ? state.tablePage.scroll : 0, marks: state.marks)
  }
}
