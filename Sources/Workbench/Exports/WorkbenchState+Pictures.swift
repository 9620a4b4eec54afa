import ScoreLab
import TermPlot

/// Parts of the screen drawn by themselves.
extension WorkbenchState {
  /// The most frames of an animation.
  private static let frameLimit = 60

  /// The whole screen, without what lies over the panes.
  var screenPicture: Canvas {
    var state = self
    (state.overlay, state.notice) = (nil, nil)
    var canvas = Canvas(size: size)
    draw(state, into: &canvas)
    return canvas
  }

  /// A pane as large as it is on screen, or as the whole screen where it is not shown.
  func picture(ofPane index: Int) -> Canvas {
    let shown = Layout(state: self).panes.first { $0.index == index }?.area
    let size = shown.map { Size(columns: $0.width, rows: $0.height) } ?? size
    var canvas = Canvas(size: size)
    canvas.fill(canvas.bounds)
    var state = self
    state.notice = nil
    state.drawPane(PlacedPane(index, canvas.bounds), isCompact: false, into: &canvas)
    return canvas
  }

  /// The Samples pane at times from noise to data, evenly spaced and at most so many as are told apart.
  var animation: [Canvas] {
    guard let pane = pageType.panes.firstIndex(where: { $0 is SamplesPane }) else { return [] }
    let count = min(Self.frameLimit, lastFrame + 1)
    return (0..<count).map { index in
      var state = self
      // A frame of its own also at the end: at rest there, the axes hold the data alone.
      state.live.frame = count == 1 ? 0 : index * lastFrame / (count - 1)
      state.live.isAnimating = false
      return state.picture(ofPane: pane)
    }
  }
}
