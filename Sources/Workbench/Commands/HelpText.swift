import ScoreLab
import TermPlot

/// The help overlay, made from the run's warnings and the key tables; the page on screen first.
public enum HelpText {
  private static let live: [TextOverlay.Line] = {
    var rows: [TextOverlay.Line] = [.heading("Everywhere")]
    rows += KeyTable.global.map(entry)
    rows += KeyTable.terminalKeys.map { .entry(key: $0.label, description: $0.summary) }
    return rows + panes(PaneCatalog.all)
  }()

  private static let experiment: [TextOverlay.Line] = {
    let own = KeyTable.experiment.filter { !KeyTable.global.contains($0) }
    // Its form has the keys of Setup.
    return [.heading("Experiment page")] + own.map(entry)
      + panes(Array(ExperimentPaneCatalog.all.dropFirst()))
  }()

  private static let plan: [TextOverlay.Line] = {
    let own = KeyTable.plan.filter { !KeyTable.global.contains($0) }
    // Its form has the keys of Setup.
    return [.heading("Plan page")] + own.map(entry)
      + panes(Array(PlanPaneCatalog.all.dropFirst()))
  }()

  private static func panes(_ panes: [any Pane]) -> [TextOverlay.Line] {
    panes.flatMap { [.heading($0.title)] + $0.keyBindings.map(entry) }
  }

  private static func rows(on page: Page) -> [TextOverlay.Line] {
    ownFirst(page)
      + [.text("Letters of a pane work from anywhere; arrows belong to the focused pane.")]
  }

  private static func ownFirst(_ page: Page) -> [TextOverlay.Line] {
    switch page {
    case .live: live + experiment + plan
    case .experiment: experiment + live + plan
    case .plan: plan + live + experiment
    }
  }

  /// The same as plain lines, for a page without a screen.
  public static let lines: [String] = rows(on: .live).map { row in
    switch row {
    case .heading(let text): text
    case .text(let text): text
    case .entry(let key, let description):
      "  " + key + String(repeating: " ", count: max(1, 12 - key.count)) + description
    }
  }

  static func overlay(_ state: WorkbenchState, scroll: Int = 0) -> TextOverlay {
    TextOverlay(
      "Keys", lines: warnings(state) + rows(on: state.page), scroll: scroll, hint: "Esc closes",
      marks: state.marks)
  }

  /// The warnings in full, for which the panes of a small screen have no room.
  private static func warnings(_ state: WorkbenchState) -> [TextOverlay.Line] {
    guard state.page == .live, let warnings = state.snapshot?.warnings, !warnings.isEmpty
    else { return [] }
    let lines = warnings.flatMap {
      state.marks.wrap("! " + $0, width: max(20, min(72, state.size.columns - 8)), rows: 100)
    }
    return [.heading("This run")] + lines.map { .text($0) }
  }

  private static func entry(_ binding: KeyBinding) -> TextOverlay.Line {
    .entry(key: binding.label, description: binding.summary)
  }
}
