import ScoreClaims
import ScoreLab
import TermPlot

/// The sizes and accuracies as a form.
struct PlanSetupPane: Pane {
  let title = "Plan"
  var commands: [Command] { Command.form }

  func note(_ state: WorkbenchState) -> String { "Gupta et al. 2024" }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    let (form, selected) = state.formList(isFocused: state.plan.focus == 0)
    let words = state.marks.wrap(
      selected.field.description.summary, width: max(1, area.width - 2), rows: 2)
    // The form keeps three rows whatever is to be said below it.
    let (top, rest) = area.splitTop(
      rows: min(form.rows.count, max(3, area.height - words.count)))
    form.draw(into: &canvas, in: top)
    TextBlock(words.map { .init($0, .muted) }, marks: state.marks)
      .draw(into: &canvas, in: rest.inset(left: 1, right: 1))
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
