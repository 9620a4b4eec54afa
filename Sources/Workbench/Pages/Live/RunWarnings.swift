import NumberFormatting
import ScoreLab
import TermPlot

/// What to know before the run is trusted, wherever there is room for it.
enum RunWarnings {
  /// Their number for the first row of the screen, which has room at every size.
  static func words(_ state: WorkbenchState) -> [PageHeader.Word] {
    let count = state.run.snapshot?.warnings.count ?? 0
    guard count > 0 else { return [] }
    return [.init(text: "! " + NumberText.counted(count, "warning"), role: .warning)]
  }

  /// All of them in full.
  static func text(_ state: WorkbenchState) -> TextView {
    TextView(
      title: "Warnings", paragraphs: (state.run.snapshot?.warnings ?? []).map { "! " + $0 })
  }

  /// The same as the first part of help.
  static func sections(_ state: WorkbenchState) -> [HelpText.Section] {
    guard let warnings = state.run.snapshot?.warnings, !warnings.isEmpty else { return [] }
    return [
      HelpText.Section(
        heading: "This run", items: warnings.map { .init(word: "", meaning: "! " + $0) })
    ]
  }
}
