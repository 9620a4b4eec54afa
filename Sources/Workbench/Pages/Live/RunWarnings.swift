import ScoreLab
import TermPlot

/// What to know before the run is trusted, wherever there is room for it.
enum RunWarnings {
  /// Their number for the first row of the screen, which has room at every size.
  static func words(_ state: WorkbenchState) -> [PageHeader.Word] {
    let count = state.run.snapshot?.warnings.count ?? 0
    guard count > 0 else { return [] }
    return [.init(text: "! \(count) warning\(count == 1 ? "" : "s")", role: .warning)]
  }

  /// All of them in full.
  static func overlay(_ state: WorkbenchState, scroll: Int) -> TextOverlay {
    let width = min(90, state.size.columns - 8)
    let lines = (state.run.snapshot?.warnings ?? []).flatMap {
      state.marks.wrap("! " + $0, width: width, rows: 100)
    }
    return TextOverlay(
      "Warnings", lines: lines.map { .text($0) }, scroll: scroll, hint: "Esc closes",
      marks: state.marks)
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

extension WorkbenchState {
  /// A key while the warnings are read.
  mutating func readWarnings(_ key: Key, from scroll: Int) {
    let screen = Rect(x: 0, y: 0, width: size.columns, height: size.rows)
    let last = RunWarnings.overlay(self, scroll: 0).maximumScroll(in: screen)
    switch key {
    case .up, .character("k"): overlay = .warnings(scroll: max(0, scroll - 1))
    case .down, .character("j"): overlay = .warnings(scroll: min(last, scroll + 1))
    default: overlay = nil
    }
  }
}
