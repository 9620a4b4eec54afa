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
