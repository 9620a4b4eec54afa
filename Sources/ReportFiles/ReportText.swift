import NumberFormatting
public import ScoreClaims
import ScoreLab

/// A report in words and numbers.
public enum ReportText {
  private static let digits = 4

  /// The report as Markdown next to its figures, `NAME.png` each.
  ///
  /// - Parameters:
  ///   - report: What was found.
  ///   - command: The line that makes it again.
  ///   - program: What made it, such as `scorefield 0.1.0, commit 1a2b3c`.
  /// - Returns: The whole text.
  public static func markdown(
    _ report: ExperimentReport, command: String, program: String
  ) -> String {
    var text = "# \(report.title)\n\n\(report.claim)\n\nSource: \(report.source).\n\n"
    text += "Made by `\(command)` with \(program); every number is as measured by that run. "
    text += "The resolved configuration is in [configuration.yaml](configuration.yaml).\n\n"
    if !report.caveats.isEmpty {
      text += "## Caveats\n\n" + report.caveats.map { "- \($0)\n" }.joined() + "\n"
    }
    if !report.checks.isEmpty {
      text += "## Verdict: \(report.verdict.answer.rawValue)\n\n\(verdict(report)).\n\n"
    }
    for kind in Check.Kind.allCases {
      let checks = report.checks.filter { $0.kind == kind }
      guard !checks.isEmpty else { continue }
      text += "## \(heading(kind))\n\n\(meaning(kind))\n\n"
      text += markdown(table(checks)) + "\n"
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

  /// The verdict in a sentence: the answer and what decided it.
  public static func verdict(_ report: ExperimentReport) -> String {
    let answer = "The claim " + sentence(report.verdict.answer)
    guard let check = report.verdict.deciding else { return "\(answer): no check bears on it" }
    let interval = check.interval.map { " (95%: \(Self.interval($0)))" } ?? ""
    let measured = check.measured.map(short) ?? "not measured"
    return "\(answer): \(check.statement) is \(measured)\(interval), required "
      + requirement(check)
  }

  private static func sentence(_ answer: ClaimVerdict.Answer) -> String {
    switch answer {
    case .held: "held"
    case .didNotHold: "did not hold"
    case .notTested: "was not tested"
    }
  }

  /// The heading of a kind of check.
  public static func heading(_ kind: Check.Kind) -> String {
    switch kind {
    case .claim: "Claim checks"
    case .agreement: "Agreements"
    case .identity: "Identities"
    }
  }

  private static func meaning(_ kind: Check.Kind) -> String {
    switch kind {
    case .claim: "These could have come out otherwise, and they alone decide the claim."
    case .agreement: "Measurements compared with a closed form or with another method."
    case .identity: "True by construction: they test the code and are no evidence for the claim."
    }
  }

  /// All checks, for a file; the last row is the verdict on the claim.
  public static func checks(_ report: ExperimentReport) -> ReportTable {
    let verdict = report.verdict
    let last: [ReportTable.Cell] = [
      .text("verdict"), .text(verdict.deciding?.name ?? ""), .text(verdict.answer.rawValue),
      .text(self.verdict(report)), ReportTable.Cell(verdict.deciding?.measured),
      ReportTable.Cell(verdict.deciding?.interval?.lowerBound),
      ReportTable.Cell(verdict.deciding?.interval?.upperBound),
      .text(verdict.deciding.map(requirement) ?? ""), .text("the claim checks"),
    ]
    return ReportTable(
      "checks", title: "Checks",
      columns: [
        "kind", "name", "outcome", "what", "measured", "low", "high", "required", "basis",
      ],
      rows: report.checks.map { check in
        [
          .text(check.kind.rawValue), .text(check.name), .text(check.outcome.rawValue),
          .text(check.statement), ReportTable.Cell(check.measured),
          ReportTable.Cell(check.interval?.lowerBound),
          ReportTable.Cell(check.interval?.upperBound), .text(requirement(check)),
          .text(check.basis),
        ]
      } + [last])
  }

  /// Checks of one kind as people read them.
  private static func table(_ checks: [Check]) -> ReportTable {
    ReportTable(
      "checks", title: "",
      columns: ["outcome", "what", "measured", "95% interval", "required", "basis"],
      rows: checks.map { check in
        [
          .text(check.outcome.rawValue), .text(check.statement),
          ReportTable.Cell(check.measured), .text(check.interval.map(interval) ?? ""),
          .text(requirement(check)), .text(check.basis),
        ]
      })
  }

  /// An interval, such as `-0.48 to -0.24`.
  public static func interval(_ interval: ClosedRange<Double>) -> String {
    "\(short(interval.lowerBound)) to \(short(interval.upperBound))"
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

  /// A table as Markdown, numbers as people read them.
  public static func markdown(_ table: ReportTable) -> String {
    func line(_ cells: [String]) -> String {
      "| "
        + cells.map { $0.split(separator: "|").joined(separator: "\\|") }
        .joined(separator: " | ") + " |\n"
    }
    return line(table.columns) + line(table.columns.map { _ in "---" })
      + table.rows.map { line($0.map(text)) }.joined()
  }
}
