import TermPlot

/// The part of a pane's plots that is looked at: a range for each axis that was zoomed or moved.
///
/// Axes go by their titles, so that plots of a pane which share one stay side by side. Ranges are
/// values, not places on the screen: they stay while the data moves.
struct PlotWindow: Equatable, Sendable {
  /// How much closer than the whole the window can be, and how much farther.
  private static let magnifications = 1.0 / 64...1e6

  private var across: [String: ClosedRange<Double>] = [:]
  private var up: [String: ClosedRange<Double>] = [:]
  /// How many times closer than the whole the plots are seen.
  private(set) var magnification = 1.0

  /// The whole.
  init() {}

  /// Given ranges of axes, by their titles.
  init(across: [String: ClosedRange<Double>], up: [String: ClosedRange<Double>]) {
    (self.across, self.up) = (across, up)
  }

  /// What is in view of a horizontal axis, for one that would show everything.
  func x(_ settings: AxisSettings) -> AxisSettings { part(of: settings, across) }

  /// What is in view of a vertical axis, for one that would show everything.
  func y(_ settings: AxisSettings) -> AxisSettings { part(of: settings, up) }

  /// The range of an axis; nil where all of it is in view.
  func range(ofAxis title: String, isVertical: Bool) -> ClosedRange<Double>? {
    isVertical ? up[title] : across[title]
  }

  private func part(
    of settings: AxisSettings, _ ranges: [String: ClosedRange<Double>]
  ) -> AxisSettings {
    guard let range = ranges[settings.title] else { return settings }
    var settings = settings
    (settings.lower, settings.upper) = (range.lowerBound, range.upperBound)
    return settings
  }

  /// Looks closer at a plot, or from farther off.
  ///
  /// - Parameters:
  ///   - plot: The plot as it is drawn now.
  ///   - factor: How many times closer, above 0; below 1 is farther.
  ///   - point: What stays where it is, as fractions of the axes.
  /// - Returns: Nil where that is too close or too far. A window that is no closer than the whole
  ///   is the whole.
  func zoomed(
    _ plot: PlacedPlot, by factor: Double, about point: (x: Double, y: Double)
  ) -> PlotWindow? {
    var window = self
    window.magnification *= factor
    guard Self.magnifications.contains(window.magnification) else { return nil }
    if abs(window.magnification - 1) < 1e-6 { return PlotWindow() }
    window.across[plot.x.title] = Self.range(
      plot.x, from: point.x - point.x / factor, to: point.x + (1 - point.x) / factor)
    window.up[plot.y.title] = Self.range(
      plot.y, from: point.y - point.y / factor, to: point.y + (1 - point.y) / factor)
    return window
  }

  /// Moves the window.
  ///
  /// - Parameters:
  ///   - plot: The plot as it is drawn now.
  ///   - way: How far to go along each axis, as fractions of it.
  mutating func pan(_ plot: PlacedPlot, by way: (x: Double, y: Double)) {
    if way.x != 0 { across[plot.x.title] = Self.range(plot.x, from: way.x, to: 1 + way.x) }
    if way.y != 0 { up[plot.y.title] = Self.range(plot.y, from: way.y, to: 1 + way.y) }
  }

  private static func range(
    _ axis: Axis, from start: Double, to end: Double
  ) -> ClosedRange<Double> {
    let range = AxisRange(axis.value(at: start), axis.value(at: end))
    return range.lower...range.upper
  }
}

// MARK: - On the screen

extension WorkbenchState {
  /// The part of a pane's plots that is looked at.
  func window(ofPane pane: Int) -> PlotWindow {
    top.window(of: pageType.panes[pane].title)
  }

  /// The plots of the pane with the keys.
  var focusedPlots: [PlacedPlot] { plots(ofPane: focus) }

  /// The plots of a pane where they stand on the screen, in the order of drawing; none while it is
  /// not on screen.
  func plots(ofPane pane: Int) -> [PlacedPlot] {
    guard pageType.panes.indices.contains(pane), let area = Layout(state: self).inner(ofPane: pane)
    else { return [] }
    var canvas = Canvas(size: size)
    drawContent(ofPane: pane, into: &canvas, in: area)
    return canvas.plots
  }

  /// The plot that a cell of the screen lies in, with the place of its pane; nil for none.
  func plot(atX column: Int, y row: Int) -> (pane: Int, plot: PlacedPlot)? {
    guard
      let placed = Layout(state: self).panes.first(where: { $0.area.contains(x: column, y: row) }),
      let plot = plots(ofPane: placed.index).first(where: {
        $0.inner.contains(x: column, y: row)
      })
    else { return nil }
    return (placed.index, plot)
  }

  /// Looks closer at the plot under a cell, which stays where it is.
  ///
  /// - Parameters:
  ///   - factor: How many times closer; below 1 is farther.
  ///   - column: The cell's column.
  ///   - row: The cell's row.
  /// - Returns: Whether there is a plot, and it can be seen from there.
  @discardableResult
  mutating func zoomPlot(by factor: Double, atX column: Int, y row: Int) -> Bool {
    guard let (pane, plot) = plot(atX: column, y: row),
      let window = window(ofPane: pane).zoomed(
        plot, by: factor, about: plot.fraction(column: column, row: row))
    else { return false }
    setWindow(window, ofPane: pane)
    return true
  }

  /// Moves what a plot shows by cells, as a drag does: to the right and down for positive numbers.
  mutating func panPlot(_ plot: PlacedPlot, ofPane pane: Int, columns: Int, rows: Int) {
    var window = window(ofPane: pane)
    window.pan(
      plot,
      by: (
        -Double(columns) / Double(max(1, plot.inner.width)),
        Double(rows) / Double(max(1, plot.inner.height))
      ))
    setWindow(window, ofPane: pane)
  }

  /// Shows a part of a pane's plots; the whole of them where the window is empty.
  mutating func setWindow(_ window: PlotWindow, ofPane pane: Int) {
    top.windows[pageType.panes[pane].title] = window == PlotWindow() ? nil : window
  }
}
