import NumberFormatting
import ScoreClaims
import ScoreLab
import TermPlot

/// The claim, where it stands, and what to know before quoting the result.
struct ClaimPane: TextPane {
  let title = "Claim"
  var focusTitle: String { "focus Claim: source and caveats too" }
  var focusHint: Hint? { Hint("4", "claim") }

  func note(_ state: WorkbenchState) -> String {
    let count = state.experiment.message?.report?.caveats.count ?? 0
    return count == 0 ? "" : NumberText.counted(count, "caveat")
  }

  func block(_ state: WorkbenchState, width: Int) -> TextBlock {
    guard let report = state.experiment.message?.report else { return TextBlock([]) }
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
