import ScoreLab
import TermPlot

/// The help overlay, made from the run's warnings and the key tables.
public enum HelpText {
  static let rows: [TextOverlay.Line] = {
    var rows: [TextOverlay.Line] = [.heading("Everywhere")]
    rows += KeyTable.global.map(entry)
    rows += KeyTable.terminalKeys.map { .entry(key: $0.label, description: $0.summary) }
    for pane in PaneCatalog.all {
      rows.append(.heading(pane.title))
      rows += pane.keyBindings.map(entry)
    }
    let own = KeyTable.experiment.filter { !KeyTable.global.contains($0) }
    rows += [.heading("Experiment page")] + own.map(entry)
    for pane in Page.experiment.panes.dropFirst() {
      rows.append(.heading(pane.title))
      rows += pane.keyBindings.map(entry)
    }
    rows.append(.text("Letters of a pane work from anywhere; arrows belong to the focused pane."))
    return rows
  }()

  /// The same as plain lines, for a page without a screen.
  public static let lines: [String] = rows.map { row in
    switch row {
    case .heading(let text): text
    case .text(let text): text
    case .entry(let key, let description):
      "  " + key + String(repeating: " ", count: max(1, 12 - key.count)) + description
    }
  }

  static func overlay(_ state: WorkbenchState, scroll: Int = 0) -> TextOverlay {
    TextOverlay(
      "Keys", lines: warnings(state) + rows, scroll: scroll, hint: "Esc closes",
      marks: state.marks)
  }

  /// The warnings in full, for which the panes of a small screen have no room.
  private static func warnings(_ state: WorkbenchState) -> [TextOverlay.Line] {
    guard let warnings = state.snapshot?.warnings, !warnings.isEmpty else { return [] }
    let lines = warnings.flatMap {
      state.marks.wrap("! " + $0, width: max(20, min(72, state.size.columns - 8)), rows: 100)
    }
    return [.heading("This run")] + lines.map { .text($0) }
  }

  private static func entry(_ binding: KeyBinding) -> TextOverlay.Line {
    .entry(key: binding.label, description: binding.summary)
  }
}
