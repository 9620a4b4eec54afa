import TermPlot

/// Keys that move the borders of the focused pane, as a drag does.
extension Command {
  static let resizing: [Command] = [
    resizing("narrower", "make the pane narrower", 5, isSideBySide: true, by: -2),
    resizing("wider", "make the pane wider", 6, isSideBySide: true, by: 2),
    resizing("lower", "make the pane lower", 7, isSideBySide: false, by: -1),
    resizing("higher", "make the pane higher", 8, isSideBySide: false, by: 1),
    Command(
      "pane.usual", "all borders where they usually are", keys: Shortcut("F9", .function(9)),
      availability: {
        .when(!$0.paneShares.isEmpty, otherwise: "the borders are where they usually are")
      },
      change: { $0.paneShares = [:] }),
  ]

  private static func resizing(
    _ name: String, _ title: String, _ key: Int, isSideBySide: Bool, by cells: Int
  ) -> Command {
    Command(
      CommandID("pane.\(name)"), title, keys: Shortcut("F\(key)", .function(key)),
      availability: { state in
        guard let border = state.border(ofPane: state.focus, isSideBySide: isSideBySide) else {
          return .no("no border of the pane can be moved that way")
        }
        return .when(
          border.moved(by: cells, growing: state.focus) != border.first,
          otherwise: "the pane cannot be \(name) here")
      },
      change: { state in
        guard let border = state.border(ofPane: state.focus, isSideBySide: isSideBySide) else {
          return
        }
        state.move(border, to: border.moved(by: cells, growing: state.focus))
      })
  }
}

extension PaneBorder {
  /// Where the border goes so that a pane grows by some columns or rows, as far as there is room.
  fileprivate func moved(by cells: Int, growing pane: Int) -> Int {
    held(first + (firstPanes.contains(pane) ? cells : -cells))
  }

  /// A place of the border at which every pane keeps some room.
  func held(_ place: Int) -> Int {
    range.map { min(max(place, $0.lowerBound), $0.upperBound) } ?? first
  }
}

extension WorkbenchState {
  /// The innermost border of a pane in a direction.
  fileprivate func border(ofPane pane: Int, isSideBySide: Bool) -> PaneBorder? {
    Layout(state: self).borders.last {
      $0.isSideBySide == isSideBySide && ($0.firstPanes + $0.secondPanes).contains(pane)
    }
  }

  /// Puts a border where its first part has so many columns or rows.
  mutating func move(_ border: PaneBorder, to place: Int) {
    let place = border.held(place)
    guard place != border.first, border.total > 0 else { return }
    paneShares[border.name] = (1000 * place + border.total / 2) / border.total
  }
}
