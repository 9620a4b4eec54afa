import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// How the panes of the live page share the screen.
public enum LiveLayout: String, Sendable, CaseIterable {
  case explore, watch, errors, compare, present

  /// What it is for, in a few words.
  var summary: String {
    switch self {
    case .explore: "the form and every plot"
    case .watch: "samples large"
    case .errors: "errors large"
    case .compare: "errors and samples side by side"
    case .present: "a sentence, loss and samples, no form"
    }
  }
}

extension LivePage {
  /// The form, or the largest picture where that has no place or the screen shows one pane.
  static func firstFocus(_ state: WorkbenchState) -> Int {
    guard state.size.isMiddling else { return 3 }
    return switch state.live.layout {
    case .explore: 0
    case .errors: 2
    case .watch, .compare, .present: 3
    }
  }

  /// How panes share the screen; below 80 x 20 the focused one stands alone.
  ///
  /// A pane that a layout leaves out takes the last place while it has the focus.
  static func arrange(_ state: WorkbenchState) -> PaneTree? {
    guard state.size.isMiddling else { return nil }
    let focus = state.focus
    return switch state.live.layout {
    case .explore: state.size.isLarge ? exploreLarge : exploreMiddling
    case .watch: large(3, next: [1, 2], focus: focus, "watch")
    case .errors: large(2, next: [1, 3], focus: focus, "errors")
    case .compare: sideBySide([2, 3], focus: focus, "compare")
    case .present: sideBySide([1, 3], focus: focus, "present")
    }
  }

  /// Setup, Loss over Error, Samples side by side, from 120 x 30.
  private static var exploreLarge: PaneTree {
    let middle = PaneTree.rows("explore.loss", .pane(1), .pane(2)) { $0 * 2 / 5 }
    let plots = PaneTree.columns("explore.samples", middle, .pane(3)) { $0 / 2 }
    // Where there is room the longest names of members stand whole.
    return .columns("explore.form", .pane(0), plots) { $0 >= 180 ? 52 : 36 }
  }

  /// Two by two.
  private static var exploreMiddling: PaneTree {
    // A row more than half: what matters of the form is there without scrolling.
    let left = PaneTree.rows("explore.low_form", .pane(0), .pane(1)) { $0 / 2 + 1 }
    let right = PaneTree.rows("explore.low_error", .pane(2), .pane(3)) { $0 / 2 }
    return .columns("explore.low_left", left, right) { $0 * 19 / 40 }
  }

  /// One pane in two thirds of the width, two others above one another next to it.
  private static func large(
    _ main: Int, next: [Int], focus: Int, _ name: String
  ) -> PaneTree {
    let last = ([main] + next).contains(focus) ? next[1] : focus
    let side = PaneTree.rows("\(name).side", .pane(next[0]), .pane(last)) { $0 / 2 }
    return .columns("\(name).main", .pane(main), side) { $0 * 2 / 3 }
  }

  private static func sideBySide(_ panes: [Int], focus: Int, _ name: String) -> PaneTree {
    .columns(
      "\(name).left", .pane(panes.contains(focus) ? panes[0] : focus), .pane(panes[1])
    ) { $0 / 2 }
  }

  /// What the layout for an audience says above the plots.
  static func caption(_ state: WorkbenchState) -> String? {
    guard state.live.layout == .present, state.size.isMiddling else { return nil }
    guard let snapshot = state.run.snapshot else { return "A network is about to learn a score." }
    let kind = snapshot.configuration.distribution.kind
    let begin =
      snapshot.judged.map { "On \(kind), with \($0.name)," }
      ?? "After \(grouped(snapshot.step)) steps on \(kind)"
    let levels = snapshot.probe?.levels ?? []
    guard levels.indices.contains(state.live.levelIndex) else { return begin + " ..." }
    let level = levels[state.live.levelIndex]
    let score = snapshot.judged == nil ? "the learned score" : "the score"
    return begin + " \(score) is off by \(NumberText.short(level.l2)) (L2) at time "
      + "\(NumberText.short(level.time))."
  }
}

extension Command {
  static let nextLayout = Command(
    "view.layout", "next layout: explore, watch, errors, compare, present",
    keys: Shortcut("|", .character("|")),
    availability: {
      .when($0.size.isMiddling, otherwise: "this screen shows one pane at a time; digits change it")
    },
    change: { $0.setLayout($0.live.layout.next) })
}

extension WorkbenchState {
  /// Arranges the panes of the live page.
  mutating func setLayout(_ layout: LiveLayout) {
    live.layout = layout
    live.focus = LivePage.firstFocus(self)
    isZoomed = false
    notice = Notice(text: "layout \(layout.rawValue): \(layout.summary)", role: .accent)
  }
}
