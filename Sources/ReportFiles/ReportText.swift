public import ScoreLab
import TermPlot

/// A report in words and numbers.
public enum ReportText {
  private static let digits = 4

  /// The report as Markdown beside its figures, `NAME.png` each.
  ///
  /// - Parameters:
  ///   - report: What was found.
  ///   - command: The line that makes it again.
  /// - Returns: The whole text.
  public static func markdown(_ report: ExperimentReport, command: String) -> String {
    var text = "# \(report.title)\n\n\(report.claim)\n\nSource: \(report.source).\n\n"
    text += "Made by `\(command)`; every number is as measured by that run. "
    text += "The resolved configuration is in [configuration.yaml](configuration.yaml).\n\n"
    if !report.caveats.isEmpty {
      text += "## Mind\n\n" + report.caveats.map { "- \($0)\n" }.joined() + "\n"
    }
    if !report.checks.isEmpty {
      text += "## Checks: \(report.verdict.rawValue)\n\n" + markdown(checks(report)) + "\n"
    }
    for figure in report.figures {
      text += "## \(figure.title)\n\n![\(figure.title)](\(figure.name).png)\n\n"
      if !figure.caption.isEmpty { text += "\(figure.caption)\n\n" }
    }
    for table in report.tables {
      text += "## \(table.title)\n\n" + markdown(table) + "\n"
      if !table.note.isEmpty { text += "\(table.note)\n\n" }
    }
    return text
  }

  /// The checks as a table with verdict, measurement and requirement.
  public static func checks(_ report: ExperimentReport) -> ReportTable {
    ReportTable(
      "checks", title: "Checks",
      columns: ["verdict", "what", "measured", "required", "basis"],
      rows: report.checks.map { check in
        [
          .text(check.verdict.rawValue), .text(check.statement),
          ReportTable.Cell(check.measured), .text(requirement(check)), .text(check.basis),
        ]
      })
  }

  /// What a check asks for, such as `0.366 +- 0.04`.
  public static func requirement(_ check: Check) -> String {
    switch check.requirement {
    case .near(let expected, let tolerance):
      "\(short(expected)) +- \(NumberText.short(tolerance, digits: 2))"
    case .atMost(let bound): "at most \(short(bound))"
    case .atLeast(let bound): "at least \(short(bound))"
    }
  }

  /// A cell as people read it.
  public static func text(_ cell: ReportTable.Cell) -> String {
    switch cell {
    case .number(let value): short(value)
    case .integer(let value): "\(value)"
    case .text(let text): text
    case .none: ""
    }
  }

  private static func short(_ value: Double) -> String { NumberText.short(value, digits: digits) }

  private static func markdown(_ table: ReportTable) -> String {
    func line(_ cells: [String]) -> String {
      "| "
        + cells.map { $0.split(separator: "|").joined(separator: "\\|") }
        .joined(separator: " | ") + " |\n"
    }
    return line(table.columns) + line(table.columns.map { _ in "---" })
      + table.rows.map { line($0.map(text)) }.joined()
  }
}
