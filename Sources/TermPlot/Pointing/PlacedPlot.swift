/// Where a plot was drawn, over which axes and what is in it, for whatever points into it.
public struct PlacedPlot: Sendable {
  /// What was drawn.
  public enum Content: Sendable {
    case chart(LineChart)
    case scatter(ScatterPlot)
    case histogram(Histogram)
  }

  /// The cells of the data.
  public var inner: Rect
  public var x: Axis
  public var y: Axis
  /// What was drawn there, without the series that were left out; nil for axes alone.
  public internal(set) var content: Content?
  /// The names of the series in its key, those that were left out too.
  public internal(set) var seriesNames: [String] = []

  public init(inner: Rect, x: Axis, y: Axis) {
    self.inner = inner
    self.x = x
    self.y = y
  }

  /// How far a cell's middle is along the axes.
  ///
  /// - Parameters:
  ///   - column: A column of the canvas.
  ///   - row: A row of the canvas.
  /// - Returns: Fractions of the axes, 0 at their lower ends; outside 0...1 for a cell outside.
  public func fraction(column: Int, row: Int) -> (x: Double, y: Double) {
    (
      (Double(column - inner.x) + 0.5) / Double(max(1, inner.width)),
      1 - (Double(row - inner.y) + 0.5) / Double(max(1, inner.height))
    )
  }

  /// The values at a cell's middle.
  public func value(column: Int, row: Int) -> (x: Double, y: Double) {
    let fraction = fraction(column: column, row: row)
    return (x.value(at: fraction.x), y.value(at: fraction.y))
  }

  /// The cell of two values; nil where they are not in view.
  public func cell(x valueX: Double, y valueY: Double) -> (column: Int, row: Int)? {
    guard let across = x.fraction(of: valueX), let up = y.fraction(of: valueY),
      (0...1).contains(across), (0...1).contains(up), !inner.isEmpty
    else { return nil }
    return (
      inner.x + min(Int(across * Double(inner.width)), inner.width - 1),
      inner.y + min(Int((1 - up) * Double(inner.height)), inner.height - 1)
    )
  }
}
