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

  /// Where panes stand; on a screen below 80 x 20 the focused one stands alone.
  ///
  /// A pane that a layout leaves out takes the last place while it has the focus.
  static func arrange(_ state: WorkbenchState, in body: Rect) -> [PlacedPane]? {
    guard state.size.isMiddling else { return nil }
    switch state.live.layout {
    case .explore: return explore(in: body, isLarge: state.size.isLarge)
    case .watch: return large(3, next: [1, 2], focus: state.focus, in: body)
    case .errors: return large(2, next: [1, 3], focus: state.focus, in: body)
    case .compare: return sideBySide([2, 3], focus: state.focus, in: body)
    case .present: return sideBySide([1, 3], focus: state.focus, in: body)
    }
  }

  /// Setup, Loss over Error, Samples side by side from 120 x 30; two by two below.
  private static func explore(in body: Rect, isLarge: Bool) -> [PlacedPane] {
    if isLarge {
      let (setup, plots) = body.splitLeft(columns: 36)
      let (middle, samples) = plots.splitLeft(columns: plots.width / 2)
      let (loss, error) = middle.splitTop(rows: middle.height * 2 / 5)
      return [
        PlacedPane(0, setup), PlacedPane(1, loss), PlacedPane(2, error), PlacedPane(3, samples),
      ]
    }
    let (left, right) = body.splitLeft(columns: body.width * 19 / 40)
    // A row more than half: what matters of the form is there without scrolling.
    let (setup, loss) = left.splitTop(rows: left.height / 2 + 1)
    let (error, samples) = right.splitTop(rows: right.height / 2)
    return [
      PlacedPane(0, setup), PlacedPane(1, loss), PlacedPane(2, error), PlacedPane(3, samples),
    ]
  }

  /// One pane in two thirds of the width, two others above one another next to it.
  private static func large(
    _ main: Int, next: [Int], focus: Int, in body: Rect
  ) -> [PlacedPane] {
    let (left, right) = body.splitLeft(columns: body.width * 2 / 3)
    let (top, bottom) = right.splitTop(rows: right.height / 2)
    let last = ([main] + next).contains(focus) ? next[1] : focus
    return [PlacedPane(main, left), PlacedPane(next[0], top), PlacedPane(last, bottom)]
  }

  private static func sideBySide(_ panes: [Int], focus: Int, in body: Rect) -> [PlacedPane] {
    let (left, right) = body.splitLeft(columns: body.width / 2)
    let first = panes.contains(focus) ? panes[0] : focus
    return [PlacedPane(first, left), PlacedPane(panes[1], right)]
  }

  /// What the layout for an audience says above the plots.
  static func caption(_ state: WorkbenchState) -> String? {
    guard state.live.layout == .present, state.size.isMiddling else { return nil }
    guard let snapshot = state.run.snapshot else { return "A network is about to learn a score." }
    let begin =
      "After \(grouped(snapshot.step)) steps on \(snapshot.configuration.distribution.kind)"
    let levels = snapshot.probe?.levels ?? []
    guard levels.indices.contains(state.live.levelIndex) else { return begin + " ..." }
    let level = levels[state.live.levelIndex]
    return begin + " the learned score is off by \(NumberText.short(level.l2)) (L2) at time "
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
