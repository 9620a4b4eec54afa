import TermPlot

/// What the shell and the panes register for the mouse, next to what widgets register of themselves.
enum PointerTarget: HitTarget {
  /// Keys as the footer writes them, such as `Space`; a click presses the key.
  case keys(String)
  /// The tab of a pane.
  case tab(Int)
  /// The border of a name, which can be dragged.
  case border(String)
  /// Something of a pane's own.
  case action(PointerAction)
}

/// What a pane does where it is clicked at.
struct PointerAction: Sendable {
  /// Whether it is done again wherever the mouse goes while the button is held.
  var isDraggable = false
  let perform: @Sendable (inout WorkbenchState, MouseEvent) -> [Effect]
}

/// What the mouse holds while its button is down.
enum Drag: Sendable {
  case border(String)
  case action(PointerAction)
  /// A plot of a pane, by its place there, and where the mouse was last.
  case plot(pane: Int, plot: Int, last: MouseEvent)
}

/// A pane of a page.
struct PanePlace: Hashable, Sendable {
  var page: PageID
  var pane: Int
}

extension WorkbenchState {
  /// A pane of the page on screen.
  func place(ofPane pane: Int) -> PanePlace { PanePlace(page: page, pane: pane) }

  /// What the mouse can act on, the topmost last: what drawing the screen registers.
  var regions: [HitRegion] {
    var canvas = Canvas(size: size)
    Workbench.draw(self, into: &canvas)
    return canvas.regions
  }
}
