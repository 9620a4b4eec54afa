package import ScoreClaims
import ScoreLab
import TermPlot

/// The orders that the theorems ask for, as `scorefield plan` shows them.
package enum PlanPrinter {
  /// A number as a JSON object.
  package static func line(_ row: TheoremPlan.Row) -> String {
    var line = JSONLine()
    line.add("name", row.name)
    line.add("value", row.value)
    line.add("log10", row.log10)
    line.add("label", TheoremPlan.label)
    line.add("quantity", row.title)
    line.add("formula", row.formula)
    line.add("source", "\(TheoremPlan.paper), \(row.place)")
    return line.text
  }

  /// Values, then the numbers by section with their formulas, in lines of the terminal's width.
  package static func table(_ plan: TheoremPlan) -> [String] {
    let columns = max(40, StandardStream.output.columns)
    let values = PlanValues.descriptions.map { "\($0.path) \(plan.values.text(at: $0.path) ?? "")" }
    var lines = wrap(
      "\(TheoremPlan.label): \(TheoremPlan.paper) at " + values.joined(separator: ", "), columns)
    let width = plan.rows.map(\.text.count).max() ?? 0
    let indent = String(repeating: " ", count: width + 4)
    for section in TheoremPlan.Section.allCases {
      lines += ["", section.title]
      for row in plan.rows where row.section == section {
        let number = "  " + row.text + String(repeating: " ", count: width - row.text.count + 2)
        let title = wrap(row.title, columns - indent.count)
        let formula = wrap("= \(row.formula); \(row.place)", columns - indent.count)
        lines += title.enumerated().map { ($0 == 0 ? number : indent) + $1 }
        lines += formula.map { indent + $0 }
      }
    }
    return lines
  }

  private static func wrap(_ text: String, _ columns: Int) -> [String] {
    Marks.ascii.wrap(text, width: columns, rows: 100)
  }
}
