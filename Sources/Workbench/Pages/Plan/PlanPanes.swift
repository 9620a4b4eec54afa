import ScoreClaims
import ScoreLab
import TermPlot

/// The sizes and accuracies as a form.
struct PlanSetupPane: Pane {
  let title = "Plan"
  var commands: [Command] { Command.form }

  func words(_ state: WorkbenchState) -> [String]? { state.wordsOfForm }

  func table(_ state: WorkbenchState) -> ReportTable? { state.tableOfForm }

  func note(_ state: WorkbenchState) -> String {
    state.formNote(otherwise: "Gupta et al. 2024")
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    _ = state.drawForm(isFocused: state.plan.focus == 0, into: &canvas, in: area)
  }
}

/// Every number of the plan, with its formula and source.
struct OrdersPane: TextPane {
  let title = "Orders"

  func note(_ state: WorkbenchState) -> String { TheoremPlan.label }

  func block(_ state: WorkbenchState, width: Int) -> TextBlock {
    let plan = TheoremPlan(state.plan.values)
    let numbers = plan.rows.map(\.text.count).max() ?? 0
    var lines: [TextBlock.Line] = []
    for section in TheoremPlan.Section.allCases {
      lines.append(.init(section.title, .title, isBold: true))
      for row in plan.rows where row.section == section {
        lines += self.lines(row, numbers: numbers, width: width - 2, state.marks)
      }
    }
    return TextBlock(lines, scroll: state.plan.scroll, marks: state.marks)
  }

  /// The number and what it is, then formula and source behind it.
  private func lines(
    _ row: TheoremPlan.Row, numbers: Int, width: Int, _ marks: Marks
  ) -> [TextBlock.Line] {
    let number = String(repeating: " ", count: numbers - row.text.count) + row.text
    let indent = String(repeating: " ", count: numbers + 2)
    let room = max(1, width - indent.count)
    let title = marks.wrap(row.title, width: room, rows: 3).enumerated().map { index, line in
      TextBlock.Line((index == 0 ? number + "  " : indent) + line, .text)
    }
    let formula = marks.wrap("\(row.formula); \(row.place)", width: room, rows: 4)
    return title + formula.map { .init(indent + $0, .muted) }
  }
}
