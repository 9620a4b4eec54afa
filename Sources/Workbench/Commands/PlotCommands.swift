import TermPlot

/// Looking closer at the plots of the focused pane, and moving over them.
extension Command {
  static let plotCommands: [Command] = [
    Command(
      "plot.closer", "look closer at the focused plot", keys: Shortcut("Z", .character("Z")),
      hint: hint("Z X", "closer"), availability: { zooming($0, by: 1.5) },
      change: { $0.zoomFocused(by: 1.5) }),
    Command(
      "plot.farther", "look at the focused plot from farther off",
      keys: Shortcut("X", .character("X")), availability: { zooming($0, by: 1 / 1.5) },
      change: { $0.zoomFocused(by: 1 / 1.5) }),
    panning("left", "move over the focused plot to the left", "H", by: (-0.2, 0)),
    panning("down", "down the focused plot", "J", by: (0, -0.2)),
    panning("up", "up the focused plot", "K", by: (0, 0.2)),
    panning("right", "over the focused plot to the right", "L", by: (0.2, 0)),
    Command(
      "plot.whole", "the whole of the focused plot again", keys: Shortcut("0", .character("0")),
      hint: hint("0", "whole"),
      availability: {
        .when($0.window(ofPane: $0.focus) != PlotWindow(), otherwise: "all of it is in view")
      },
      change: { $0.setWindow(PlotWindow(), ofPane: $0.focus) }),
  ]

  private static func panning(
    _ name: String, _ title: String, _ letter: Character, by way: (x: Double, y: Double)
  ) -> Command {
    Command(
      CommandID("plot.\(name)"), title,
      keys: Shortcut(String(letter), .character(letter)),
      hint: name == "left" ? Self.hint("H J K L", "move") : nil,
      availability: { .when(!$0.focusedPlots.isEmpty, otherwise: noPlot) },
      change: { state in
        // Plots next to it that share an axis follow.
        guard let plot = state.focusedPlots.first else { return }
        var window = state.window(ofPane: state.focus)
        window.pan(plot, by: way)
        state.setWindow(window, ofPane: state.focus)
      })
  }

  /// A hint that is there while the focused pane has plots.
  private static func hint(_ keys: String, _ word: String) -> Hint {
    Hint(keys, nil) { $0.pageType.panes[$0.focus].hasPlots ? word : "" }
  }

  private static let noPlot = "no plot has the keys; Tab or a digit gives them to one"

  private static func zooming(_ state: WorkbenchState, by factor: Double) -> Availability {
    guard !state.focusedPlots.isEmpty else { return .no(noPlot) }
    return .when(
      state.zoomedFocused(by: factor) != nil,
      otherwise: factor > 1 ? "no plot is seen from closer" : "no plot is seen from farther off")
  }
}

extension WorkbenchState {
  /// The window after a look closer at the first plot of the focused pane, about what matters there.
  fileprivate func zoomedFocused(by factor: Double) -> PlotWindow? {
    guard let plot = focusedPlots.first else { return nil }
    let focal = pageType.panes[focus].focalPoint(self).flatMap { value in
      plot.x.fraction(of: value.x).flatMap { x in plot.y.fraction(of: value.y).map { (x: x, y: $0) }
      }
    }
    // What is out of view cannot stay where it is.
    let point = focal.flatMap { (0...1).contains($0.x) && (0...1).contains($0.y) ? $0 : nil }
    return window(ofPane: focus).zoomed(plot, by: factor, about: point ?? (0.5, 0.5))
  }

  fileprivate mutating func zoomFocused(by factor: Double) {
    if let window = zoomedFocused(by: factor) { setWindow(window, ofPane: focus) }
  }
}
