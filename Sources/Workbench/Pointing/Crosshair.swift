import TermPlot

/// A place on a plot whose values are read.
struct Crosshair: Sendable, Equatable {
  var place: PanePlace
  /// Which of the pane's plots.
  var plot: Int
  /// Where it is, in the values of the axes, so that it stays with the data.
  var x: Double
  var y: Double
}

/// A pane on whose plots a crosshair can be put for more than reading.
protocol CrosshairPane: Pane {
  /// Whether it puts one down itself at the moment.
  func hasOwnCrosshair(_ state: WorkbenchState) -> Bool
  /// Whether it could, or why not.
  func canPlaceCrosshair(_ state: WorkbenchState) -> Availability
  /// Shows its crosshair, or takes it away.
  func toggleCrosshair(_ state: inout WorkbenchState)
  /// A click on one of its plots.
  func click(_ plot: PlacedPlot, _ event: MouseEvent, _ state: inout WorkbenchState) -> [Effect]
}

extension Command {
  static let crosshair = Command(
    "plot.crosshair",
    "crosshair: values at a place of the focused plot; on trajectories, "
      + "where to put a particle", keys: Shortcut("+", .character("+")),
    hint: Hint("+", nil) { $0.pageType.panes[$0.focus].hasPlots ? "crosshair" : "" },
    availability: { state in
      if !state.usesOwnCrosshair, !state.focusedPlots.isEmpty { return .yes }
      guard let own = state.crosshairPane else {
        return .no("no plot has the keys; Tab or a digit gives them to one")
      }
      return own.pane.canPlaceCrosshair(state)
    },
    change: { state in
      if !state.usesOwnCrosshair, !state.focusedPlots.isEmpty { return state.nextCrosshair() }
      state.crosshair = nil
      state.crosshairPane?.pane.toggleCrosshair(&state)
    })
}

extension WorkbenchState {
  /// The crosshair of the focused pane, where it reads values.
  var shownCrosshair: Crosshair? {
    guard overlay == nil, editor == nil, crosshair?.place == place(ofPane: focus) else {
      return nil
    }
    return crosshair
  }

  /// Whether the focused pane puts a crosshair down itself.
  fileprivate var usesOwnCrosshair: Bool {
    (pageType.panes[focus] as? any CrosshairPane)?.hasOwnCrosshair(self) ?? false
  }

  /// The first pane of the page that puts a crosshair down itself.
  fileprivate var crosshairPane: (index: Int, pane: any CrosshairPane)? {
    pageType.panes.enumerated().lazy.compactMap { index, pane in
      (pane as? any CrosshairPane).map { (index, $0) }
    }.first
  }

  /// Puts the crosshair on the first plot of the focused pane, then on the next, then on none.
  fileprivate mutating func nextCrosshair() {
    let next = shownCrosshair.map { $0.plot + 1 } ?? 0
    let plots = focusedPlots
    guard plots.indices.contains(next) else {
      crosshair = nil
      return
    }
    let focal = next == 0 ? pageType.panes[focus].focalPoint(self) : nil
    let plot = plots[next]
    let place = focal.flatMap { plot.cell(x: $0.x, y: $0.y) == nil ? nil : $0 }
    crosshair = Crosshair(
      place: self.place(ofPane: focus), plot: next, x: place?.x ?? plot.x.value(at: 0.5),
      y: place?.y ?? plot.y.value(at: 0.5))
  }

  /// A key while values are read.
  ///
  /// - Returns: Whether it was one of the crosshair's.
  mutating func steer(_ key: Key) -> Bool {
    guard var crosshair = shownCrosshair else { return false }
    let way: (x: Double, y: Double)
    switch key {
    case .left: way = (-1, 0)
    case .right: way = (1, 0)
    case .up: way = (0, 1)
    case .down: way = (0, -1)
    case .escape:
      (self.crosshair, notice) = (nil, nil)
      return true
    default: return false
    }
    notice = nil
    let plots = focusedPlots
    guard plots.indices.contains(crosshair.plot) else {
      self.crosshair = nil
      return true
    }
    let plot = plots[crosshair.plot]
    func moved(_ axis: Axis, _ value: Double, _ step: Double, of cells: Int) -> Double {
      let place = (axis.fraction(of: value) ?? 0.5) + step / Double(max(1, cells))
      return axis.value(at: min(max(place, 0), 1))
    }
    crosshair.x = moved(plot.x, crosshair.x, way.x, of: plot.inner.width)
    crosshair.y = moved(plot.y, crosshair.y, way.y, of: plot.inner.height)
    self.crosshair = crosshair
    return true
  }
}

// MARK: - Drawing

extension Crosshair {
  /// Draws the crosshair over its plot where nothing is, with the hardware cursor at it.
  func draw(over plots: [PlacedPlot], _ marks: Marks, into canvas: inout Canvas) {
    guard plots.indices.contains(plot), let cell = plots[plot].cell(x: x, y: y) else { return }
    let inner = plots[plot].inner
    func draw(_ glyph: Unicode.Scalar, x: Int, y: Int) {
      let old = canvas[x, y]
      guard old.glyph == " ", old.style.background == .role(.background) else { return }
      canvas[x, y] = Cell(glyph, Style(.accent))
    }
    for row in inner.y..<inner.maxY { draw(marks.pick("┆", "|"), x: cell.column, y: row) }
    for column in inner.x..<inner.maxX { draw(marks.pick("┄", "-"), x: column, y: cell.row) }
    canvas[cell.column, cell.row] = Cell(
      marks.pick("✛", "+"), Style(.accent, attributes: [.bold, .reverse]))
    canvas.cursor = (cell.column, cell.row)
  }

  /// What is read there, as many whole facts as a row has room for.
  func drawReading(
    of plots: [PlacedPlot], _ marks: Marks, into canvas: inout Canvas, in row: Rect
  ) {
    guard plots.indices.contains(plot) else { return }
    let facts = plots[plot].reading(x: x, y: y) + ["arrows move, Esc leaves"]
    for line in marks.rows(of: facts, width: row.width - 2, rows: 1) {
      canvas.write(
        line, x: row.x + 1, y: row.y, limit: row.maxX,
        style: Style(.accent, on: .statusBar, attributes: .bold))
    }
  }
}
