import ScoreLab
public import TermPlot

/// What is on the experiment page, in the order of the digit keys.
public enum ExperimentPaneCatalog {
  public static let all: [any Pane] = [
    ExperimentSetupPane(), ChecksPane(), FiguresPane(), ClaimPane(),
  ]
}

/// A pane with more to show than its room.
protocol ScrollablePane: Pane {
  /// The most rows that can be scrolled past.
  func maximumScroll(_ state: WorkbenchState, in area: Rect) -> Int
}

enum ScrollKeys {
  static let vertical = [
    KeyBinding(.up, label: "up", summary: "scroll up", action: .scroll(-1)),
    KeyBinding(
      .down, label: "down", summary: "scroll down", hint: "arrows scroll", action: .scroll(1)),
    KeyBinding(.pageUp, label: "PgUp", summary: "scroll up by ten rows", action: .scroll(-10)),
    KeyBinding(.pageDown, label: "PgDn", summary: "scroll down by ten rows", action: .scroll(10)),
  ]
}

extension WorkbenchState {
  /// The rows that a pane of the experiment page is scrolled past: none unless it has the keys.
  func experimentScroll(of title: String) -> Int {
    ExperimentPaneCatalog.all[experiment.focus].title == title ? experiment.scroll : 0
  }
}

/// The claim, where it stands, and what to know before quoting the result.
public struct ClaimPane: ScrollablePane {
  public let title = "Claim"
  public let keyBindings = ScrollKeys.vertical

  public func note(_ state: WorkbenchState) -> String {
    let count = state.experiment.news?.report?.caveats.count ?? 0
    return count == 0 ? "" : "\(count) caveat\(count == 1 ? "" : "s")"
  }

  public func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    block(state, width: area.width).draw(into: &canvas, in: area)
  }

  func maximumScroll(_ state: WorkbenchState, in area: Rect) -> Int {
    block(state, width: area.width).maximumScroll(height: area.height)
  }

  private func block(_ state: WorkbenchState, width: Int) -> TextBlock {
    guard let report = state.experiment.news?.report else { return TextBlock([]) }
    let marks = state.marks
    func wrapped(_ text: String, _ role: StyleRole, isBold: Bool = false) -> [TextBlock.Line] {
      marks.wrap(text, width: max(1, width - 2), rows: 1000).map { .init($0, role, isBold: isBold) }
    }
    let lines =
      wrapped(report.title, .title, isBold: true) + wrapped(report.claim, .text)
      + wrapped(report.source, .muted) + report.caveats.flatMap { wrapped("! " + $0, .warning) }
    return TextBlock(lines, scroll: state.experimentScroll(of: title), marks: marks)
  }
}

/// What must hold for the claim to stand, each with its verdict.
public struct ChecksPane: ScrollablePane {
  public let title = "Checks"
  public let keyBindings = ScrollKeys.vertical

  public func note(_ state: WorkbenchState) -> String {
    guard let checks = state.experiment.news?.report?.checks, !checks.isEmpty else { return "" }
    let counts = [Check.Verdict.passed, .failed, .open].map { verdict in
      (verdict, checks.count { $0.verdict == verdict })
    }
    return counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")
  }

  public func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    block(state, width: area.width).draw(into: &canvas, in: area)
  }

  func maximumScroll(_ state: WorkbenchState, in area: Rect) -> Int {
    block(state, width: area.width).maximumScroll(height: area.height)
  }

  private func block(_ state: WorkbenchState, width: Int) -> TextBlock {
    let checks = state.experiment.news?.report?.checks ?? []
    return TextBlock(
      checks.flatMap { lines($0, state.marks, width: max(8, width - 2)) },
      scroll: state.experimentScroll(of: title), marks: state.marks)
  }

  private func lines(_ check: Check, _ marks: Marks, width: Int) -> [TextBlock.Line] {
    let (sign, role) = Self.sign(of: check.verdict, marks)
    let statement = marks.wrap(check.statement, width: width - sign.count - 1, rows: 6)
    let indent = String(repeating: " ", count: sign.count + 1)
    let numbers = marks.wrap(
      Self.numbers(check, marks) + " (\(check.basis))", width: width - 2, rows: 6)
    return statement.enumerated().map { index, line in
      .init((index == 0 ? sign + " " : indent) + line, role, isBold: true)
    } + numbers.map { .init("  " + $0, .muted) }
  }

  /// A glyph and a word, so that the verdict shows without colour.
  static func sign(of verdict: Check.Verdict, _ marks: Marks) -> (text: String, role: StyleRole) {
    let isUnicode = marks.isUnicode
    return switch verdict {
    case .passed: ((isUnicode ? "✓" : "+") + " pass", .good)
    case .failed: ((isUnicode ? "✗" : "X") + " FAIL", .error)
    case .open: ((isUnicode ? "○" : "o") + " open", .muted)
    }
  }

  /// What was measured and what it must be.
  static func numbers(_ check: Check, _ marks: Marks) -> String {
    func text(_ value: Double) -> String { NumberText.short(value, digits: 4) }
    let measured = check.measured.map(text) ?? "not measured yet"
    let required =
      switch check.requirement {
      case .near(let value, let tolerance):
        "\(text(value)) \(marks.isUnicode ? "±" : "+-") \(NumberText.short(tolerance, digits: 2))"
      case .atMost(let bound): "at most \(text(bound))"
      case .atLeast(let bound): "at least \(text(bound))"
      }
    return "\(measured); expected \(required)"
  }
}
