import TermPlot

/// Where everything stands on a screen of the state's size.
///
/// - From 120 x 30: Setup, Loss over Error, Samples, side by side.
/// - From 80 x 20: two by two.
/// - The experiment page likewise, with its own panes; the plan page has two side by side.
/// - Below: the focused pane alone under a row of tabs.
struct Layout {
  static let minimum = Size(columns: 60, rows: 15)

  var header: Rect
  var footer: Rect
  /// The tabs that stand for the panes not shown; empty where all are.
  var tabs: Rect
  /// The panes shown, by their place in the catalog.
  var panes: [(index: Int, area: Rect)]
  /// Whether panes do without a border.
  var isCompact: Bool

  init(state: WorkbenchState) {
    let screen = Rect(x: 0, y: 0, width: state.size.columns, height: state.size.rows)
    let (header, below) = screen.splitTop(rows: 1)
    // A long notice takes the lines it needs, so that it can be read.
    let (body, footer) = below.splitBottom(
      rows: max(1, Layout.noticeLines(state).count))
    self.header = header
    self.footer = footer
    tabs = Rect(x: 0, y: 0, width: 0, height: 0)
    isCompact = false
    if state.isZoomed {
      panes = [(state.focus, body)]
    } else if screen.width >= 80 && screen.height >= 20 && state.page == .plan {
      panes = Layout.planHalves(body)
    } else if screen.width >= 120 && screen.height >= 30 && state.page == .experiment {
      panes = Layout.experimentColumns(body)
    } else if screen.width >= 80 && screen.height >= 20 && state.page == .experiment {
      panes = Layout.experimentHalves(body, focus: state.focus)
    } else if screen.width >= 120 && screen.height >= 30 {
      panes = Layout.threeColumns(body)
    } else if screen.width >= 80 && screen.height >= 20 {
      panes = Layout.twoByTwo(body)
    } else {
      let (tabs, rest) = body.splitTop(rows: 1)
      self.tabs = tabs
      isCompact = true
      panes = [(state.focus, rest)]
    }
  }

  /// The notice in lines of the screen's width, at most a third of the screen.
  static func noticeLines(_ state: WorkbenchState) -> [String] {
    guard let notice = state.shownNotice else { return [] }
    return state.marks.wrap(
      notice.text, width: state.size.columns - 2, rows: max(1, state.size.rows / 3))
  }

  private static func threeColumns(_ body: Rect) -> [(index: Int, area: Rect)] {
    let (setup, plots) = body.splitLeft(columns: 36)
    let (middle, samples) = plots.splitLeft(columns: plots.width / 2)
    let (loss, error) = middle.splitTop(rows: middle.height * 2 / 5)
    return [(0, setup), (1, loss), (2, error), (3, samples)]
  }

  private static func twoByTwo(_ body: Rect) -> [(index: Int, area: Rect)] {
    let (left, right) = body.splitLeft(columns: body.width * 19 / 40)
    let (setup, loss) = left.splitTop(rows: left.height / 2)
    let (error, samples) = right.splitTop(rows: right.height / 2)
    return [(0, setup), (1, loss), (2, error), (3, samples)]
  }
}
