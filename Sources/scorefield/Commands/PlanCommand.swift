import ArgumentParser
import CTerminalGuard
import Glibc
import ScoreClaims
import ScoreLab
import TermPlot

/// `scorefield plan`: what the theorems ask for at given sizes and accuracies.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Steps, samples and approximation that the theorems ask for, as orders.",
    discussion: """
      Every number is an order, constant unknown: the theorems of Gupta et al. (arXiv:2311.13745) \
      leave constants and logarithms open, and here each is 1 unless set (constant, logarithms). \
      No experiment's verdict uses these numbers. A table on a terminal, CSV otherwise.

        scorefield plan --set d=64 --set eps=0.05 --set parameters=1e6

      Values that can be set:
      \(PlanCommand.keys)
      """)

  @Option(
    name: .long, parsing: .singleValue, help: "Set a value, such as --set eps=0.01.")
  var set: [String] = []

  @Flag(help: "CSV even on a terminal.")
  var csv = false

  @Flag(help: "One JSON object a line, a number each.")
  var json = false

  func validate() throws {
    guard !(csv && json) else { throw ValidationError("--csv and --json exclude one another.") }
  }

  func run() throws {
    let plan = TheoremPlan(try PlanValues().setting(set))
    if json {
      for row in plan.rows { try StandardOutput.print(Self.line(row)) }
    } else if csv || isatty(STDOUT_FILENO) == 0 {
      try StandardOutput.print(plan.csv, terminator: "")
    } else {
      for line in Self.table(plan) { try StandardOutput.print(line) }
    }
  }

  private static var keys: String {
    PlanValues.descriptions.map { "  \($0.path): \($0.summary); \($0.allowed)" }
      .joined(separator: "\n")
  }

  private static func line(_ row: TheoremPlan.Row) -> String {
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
  private static func table(_ plan: TheoremPlan) -> [String] {
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
