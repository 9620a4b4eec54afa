/// Where a plot was drawn and over which axes, for whatever points into it.
public struct PlacedPlot: Sendable, Equatable {
  /// The cells of the data.
  public var inner: Rect
  public var x: Axis
  public var y: Axis

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
}
