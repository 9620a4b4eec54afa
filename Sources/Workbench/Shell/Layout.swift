import TermPlot

/// Where everything stands on a screen of the state's size.
///
/// The page says where its panes stand. On a screen too small for that, the focused pane stands
/// alone under a row of tabs.
struct Layout {
  static let minimum = Size(columns: 60, rows: 15)

  var header: Rect
  var footer: Rect
  /// The sentence above the panes; empty where there is none.
  var caption: Rect
  /// The tabs that stand for the panes not shown; empty where all are.
  var tabs: Rect
  /// The panes shown.
  var panes: [PlacedPane]
  /// The borders between them that can be moved, outer ones first.
  var borders: [PaneBorder] = []
  /// Whether panes do without a border.
  var isCompact: Bool

  init(state: WorkbenchState) {
    let screen = Rect(x: 0, y: 0, width: state.size.columns, height: state.size.rows)
    let (header, below) = screen.splitTop(rows: 1)
    // A long notice takes the lines it needs, so that it can be read.
    let (rest, footer) = below.splitBottom(
      rows: max(1, Layout.noticeLines(state).count))
    let (caption, body) = rest.splitTop(rows: state.captionLines.count)
    self.caption = caption
    self.header = header
    self.footer = footer
    tabs = Rect(x: 0, y: 0, width: 0, height: 0)
    isCompact = false
    if state.isZoomed {
      panes = [PlacedPane(state.focus, body)]
    } else if let tree = state.pageType.arrange(state) {
      let placing = PanePlacing(tree, in: body, shares: state.paneShares)
      (panes, borders) = (placing.panes, placing.borders)
    } else {
      let (tabs, rest) = body.splitTop(rows: 1)
      self.tabs = tabs
      isCompact = true
      panes = [PlacedPane(state.focus, rest)]
    }
  }

  /// What is inside the border of a pane; nil while it is not on screen.
  func inner(ofPane index: Int) -> Rect? {
    panes.first { $0.index == index }.map { Panel("", isCompact: isCompact).inner(of: $0.area) }
  }

  /// The notice in lines of the screen's width, at most a third of the screen.
  static func noticeLines(_ state: WorkbenchState) -> [String] {
    guard let notice = state.shownNotice else { return [] }
    return state.marks.wrap(
      notice.text, width: state.size.columns - 2, rows: max(1, state.size.rows / 3))
  }
}

extension WorkbenchState {
  /// The sentence above the panes, in lines of the screen's width: of the demo, or of the page.
  var captionLines: [String] {
    let width = size.columns - 2
    if let caption = demoCaption { return marks.wrap(caption, width: width, rows: 2) }
    return pageType.caption(self).map { [marks.fit($0, width: width + 1)] } ?? []
  }
}

extension Size {
  /// Room for two panes side by side.
  var isMiddling: Bool { columns >= 80 && rows >= 20 }
  /// Room for three panes side by side.
  var isLarge: Bool { columns >= 120 && rows >= 30 }
}
