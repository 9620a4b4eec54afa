import ScoreLab
public import TermPlot

/// What is on the plan page, in the order of the digit keys.
public enum PlanPaneCatalog {
  public static let all: [any Pane] = [PlanSetupPane(), OrdersPane()]
}

extension Layout {
  /// The plan page from 80 x 20: the form at the left of the orders.
  static func planHalves(_ body: Rect) -> [(index: Int, area: Rect)] {
    let (form, orders) = body.splitLeft(columns: min(44, body.width * 2 / 5))
    return [(0, form), (1, orders)]
  }
}

/// The sizes and accuracies as a form.
public struct PlanSetupPane: Pane {
  public let title = "Plan"
  public let keyBindings = SetupPane().keyBindings

  public func note(_ state: WorkbenchState) -> String { "Gupta et al. 2024" }

  public func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    let shown = PlanForm.rows(of: state.plan.values)
    let selected = state.editor?.field.path ?? state.plan.selectedField
    let index = shown.firstIndex { $0.field.path == selected } ?? 0
    let rows = shown.map { field, value in
      FormList.Row(
        field.label, value: value,
        editing: state.editor.flatMap {
          $0.field.path == field.path ? .init($0.text, cursor: $0.cursor) : nil
        })
    }
    let words = state.marks.wrap(
      shown[index].field.summary, width: max(1, area.width - 2), rows: 2)
    // The form keeps three rows whatever is to be said below it.
    let (top, rest) = area.splitTop(rows: min(rows.count, max(3, area.height - words.count)))
    FormList(
      rows: rows, selected: index, isFocused: state.plan.focus == 0, marks: state.marks
    ).draw(into: &canvas, in: top)
    TextBlock(words.map { .init($0, .muted) }, marks: state.marks)
      .draw(into: &canvas, in: rest.inset(left: 1, right: 1))
  }
}

/// Every number of the plan, with its formula and source.
public struct OrdersPane: ScrollablePane {
  public let title = "Orders"
  public let keyBindings = ScrollKeys.vertical

  public func note(_ state: WorkbenchState) -> String { TheoremPlan.label }

  public func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    block(state, width: area.width).draw(into: &canvas, in: area)
  }

  func maximumScroll(_ state: WorkbenchState, in area: Rect) -> Int {
    block(state, width: area.width).maximumScroll(height: area.height)
  }

  private func block(_ state: WorkbenchState, width: Int) -> TextBlock {
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
