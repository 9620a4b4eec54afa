import NumberFormatting
import ScoreClaims
import ScoreLab
import TermPlot

/// The verdict on the claim, and every check by kind: what decides the claim comes first.
struct ChecksPane: TextPane {
  let title = "Checks"

  func note(_ state: WorkbenchState) -> String {
    guard let report = state.experiment.message?.report, !report.checks.isEmpty else { return "" }
    let faults = report.faults.count
    return "claim: \(report.verdict.answer.rawValue)"
      + (faults == 0 ? "" : ", " + NumberText.counted(faults, "fault"))
  }

  func block(_ state: WorkbenchState, width: Int) -> TextBlock {
    let checks = state.experiment.message?.report?.checks ?? []
    let lines = Check.Kind.allCases.flatMap { kind -> [TextBlock.Line] in
      let members = checks.filter { $0.kind == kind }
      guard !members.isEmpty else { return [] }
      let passed = members.count { $0.outcome == .passed }
      return [.init("\(Self.heading(kind)) (\(passed)/\(members.count))", .title)]
        + members.flatMap { self.lines($0, state.marks, width: max(8, width - 2)) }
    }
    return TextBlock(lines, scroll: state.experimentScroll(of: title), marks: state.marks)
  }

  func table(_ state: WorkbenchState) -> ReportTable? {
    let checks = state.experiment.message?.report?.checks ?? []
    return ReportTable(
      "checks", title: title,
      columns: ["kind", "statement", "outcome", "measured", "low", "high", "basis"],
      rows: checks.map { check in
        [
          .text(check.kind.rawValue), .text(check.statement), .text(check.outcome.rawValue),
          .init(check.measured), .init(check.interval?.lowerBound),
          .init(check.interval?.upperBound), .text(check.basis),
        ]
      })
  }

  private static func heading(_ kind: Check.Kind) -> String {
    switch kind {
    case .claim: "Claim, decides the verdict"
    case .agreement: "Agreement, another method"
    case .identity: "Identity, tests the code"
    }
  }

  private func lines(_ check: Check, _ marks: Marks, width: Int) -> [TextBlock.Line] {
    let (sign, role) = Self.sign(of: check.outcome, marks)
    let statement = marks.wrap(check.statement, width: width - sign.count - 1, rows: 6)
    let indent = String(repeating: " ", count: sign.count + 1)
    let numbers = marks.wrap(
      Self.numbers(check, marks) + " (\(check.basis))", width: width - 2, rows: 6)
    return statement.enumerated().map { index, line in
      .init((index == 0 ? sign + " " : indent) + line, role, isBold: true)
    } + numbers.map { .init("  " + $0, .muted) }
  }

  /// A glyph and a word, so that the outcome shows without colour.
  static func sign(of outcome: Check.Outcome, _ marks: Marks) -> (text: String, role: StyleRole) {
    let isUnicode = marks.isUnicode
    return switch outcome {
    case .passed: ((isUnicode ? "✓" : "+") + " pass", .good)
    case .failed: ((isUnicode ? "✗" : "X") + " FAIL", .error)
    case .undecided: ("? undecided", .warning)
    case .open: ((isUnicode ? "○" : "o") + " open", .muted)
    }
  }

  /// What was measured, its interval, and what it must be.
  static func numbers(_ check: Check, _ marks: Marks) -> String {
    func text(_ value: Double) -> String { NumberText.short(value, digits: 4) }
    let measured = check.measured.map(text) ?? "not measured yet"
    let interval = check.interval.map {
      " (95%: \(text($0.lowerBound)) to \(text($0.upperBound)))"
    }
    let required =
      switch check.requirement {
      case .near(let value, let tolerance):
        "\(text(value)) \(marks.isUnicode ? "±" : "+-") \(NumberText.short(tolerance, digits: 2))"
      case .atMost(let bound): "at most \(text(bound))"
      case .atLeast(let bound): "at least \(text(bound))"
      }
    return "\(measured)\(interval ?? ""); expected \(required)"
  }
}
