import TermPlot

/// A page on which the focused pane can be scrolled.
protocol ScrollingPage: Page {
  /// The rows that its scrolled pane is scrolled past.
  var scroll: Int { get set }
}

/// A pane with more to show than its room.
protocol ScrollablePane: Pane {
  /// The most rows that can be scrolled past.
  func maximumScroll(_ state: WorkbenchState, in area: Rect) -> Int
}

/// The commands of a pane that can be scrolled; they act on the focused one.
extension Command {
  static let scrolling: [Command] =
    [
      Command(
        "scroll.up", "scroll up", keys: Shortcut("up", .up),
        wheel: Wheel(kind: .wheelUp, times: 3), availability: hasMoreAbove,
        change: { $0.scroll(by: -1) }),
      Command(
        "scroll.down", "scroll down", keys: Shortcut("down", .down),
        hint: Hint("arrows", "scroll"), wheel: Wheel(kind: .wheelDown, times: 3),
        availability: hasMoreBelow, change: { $0.scroll(by: 1) }),
    ] + scrollingFar

  /// Those of a pane whose up and down move something else.
  static let scrollingFar: [Command] = [
    Command(
      "scroll.up_far", "scroll up by ten rows", keys: Shortcut("PgUp", .pageUp),
      availability: hasMoreAbove, change: { $0.scroll(by: -10) }),
    Command(
      "scroll.down_far", "scroll down by ten rows", keys: Shortcut("PgDn", .pageDown),
      availability: hasMoreBelow, change: { $0.scroll(by: 10) }),
  ]

  private static let hasMoreAbove: @Sendable (WorkbenchState) -> Availability = {
    .when($0.scrollPlace.now > 0, otherwise: "this is the top")
  }

  private static let hasMoreBelow: @Sendable (WorkbenchState) -> Availability = {
    .when($0.scrollPlace.now < $0.scrollPlace.most, otherwise: "this is the end")
  }
}

extension WorkbenchState {
  /// The rows that the focused pane is scrolled past, and the most there can be.
  var scrollPlace: (now: Int, most: Int) {
    guard let page = top as? any ScrollingPage,
      let pane = pageType.panes[focus] as? any ScrollablePane,
      let area = Layout(state: self).inner(ofPane: focus)
    else { return (0, 0) }
    let most = pane.maximumScroll(self, in: area)
    return (min(page.scroll, most), most)
  }

  mutating func scroll(by rows: Int) {
    guard var page = top as? any ScrollingPage else { return }
    let (now, most) = scrollPlace
    page.scroll = max(0, min(now + rows, most))
    top = page
  }
}
