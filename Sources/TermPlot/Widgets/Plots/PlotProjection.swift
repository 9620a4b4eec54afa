/// Where the values of a plot lie in its dots and cells.
public struct PlotProjection: Sendable {
  public var x: Axis
  public var y: Axis
  /// The size of the plot in dots.
  public var width: Int
  public var height: Int

  public init(x: Axis, y: Axis, grid: DotGrid) {
    self.x = x
    self.y = y
    width = grid.width
    height = grid.height
  }

  /// The place of a point, possibly outside the plot; nil if it has none.
  public func dot(x valueX: Double, y valueY: Double) -> DotPoint? {
    guard let fractionX = x.fraction(of: valueX), let fractionY = y.fraction(of: valueY) else {
      return nil
    }
    return DotPoint(
      x: fractionX * Double(width - 1), y: (1 - fractionY) * Double(height - 1))
  }
}

extension DotGrid {
  /// Draws the line through points; a point that has no place breaks it.
  ///
  /// A point between two breaks is drawn as a dot, so that it is not lost.
  mutating func polyline(
    x: ArraySlice<Double>, y: ArraySlice<Double>, isStepped: Bool = false,
    projection: PlotProjection, pen: Pen
  ) {
    var last: DotPoint?
    for (valueX, valueY) in zip(x, y) {
      guard let point = projection.dot(x: valueX, y: valueY) else {
        last = nil
        continue
      }
      if let last, isStepped {
        let corner = DotPoint(x: point.x, y: last.y)
        line(from: last, to: corner, pen: pen)
        line(from: corner, to: point, pen: pen)
      } else if let last {
        line(from: last, to: point, pen: pen)
      } else {
        plot(at: point, pen: pen)
      }
      last = point
    }
  }

  /// Fills a bar from zero, or the lower end of a logarithmic axis, to a height.
  ///
  /// A bar is at least a dot wide; one whose height has no place is not drawn. A pen that does not
  /// draw whole lines fills with a sparse pattern.
  mutating func bar(
    from start: Double, to end: Double, height value: Double, projection: PlotProjection, pen: Pen
  ) {
    let zero = projection.y.scale == .linear ? 0 : projection.y.range.lower
    guard let left = projection.dot(x: start, y: zero),
      let right = projection.dot(x: end, y: value), width > 0, height > 0
    else { return }
    let columns = (first: left.x.rounded(.up), last: right.x.rounded(.down))
    let first = Int(min(max(columns.first, 0), Double(width)))
    let last = Int(min(max(columns.last, columns.first), Double(width - 1)))
    let ends = [left.y, right.y].map { Int(min(max($0, 0), Double(height - 1)).rounded()) }
    guard first <= last else { return }
    for column in first...last {
      for row in min(ends[0], ends[1])...max(ends[0], ends[1])
      where pen.dash == .solid || isInWeave(column, row) {
        plot(x: column, y: row, pen: pen)
      }
    }
  }

  /// Fills between two curves with a sparse pattern, and a sparser one for a dotted pen.
  mutating func band(
    x: [Double], lower: [Double], upper: [Double], projection: PlotProjection, pen: Pen
  ) {
    var last: (low: DotPoint, high: DotPoint)?
    for index in 0..<min(x.count, lower.count, upper.count) {
      guard let low = projection.dot(x: x[index], y: lower[index]),
        let high = projection.dot(x: x[index], y: upper[index])
      else {
        last = nil
        continue
      }
      fill(from: last ?? (low, high), to: (low, high), pen: pen)
      last = (low, high)
    }
  }

  private mutating func fill(
    from start: (low: DotPoint, high: DotPoint), to end: (low: DotPoint, high: DotPoint), pen: Pen
  ) {
    let span = end.low.x - start.low.x
    let first = Int(max(0, min(start.low.x, end.low.x).rounded()))
    let last = Int(min(Double(width - 1), max(start.low.x, end.low.x).rounded()))
    guard first <= last, height > 0 else { return }
    for column in first...last {
      let fraction = span == 0 ? 0 : min(max((Double(column) - start.low.x) / span, 0), 1)
      let ends = [
        start.low.y + fraction * (end.low.y - start.low.y),
        start.high.y + fraction * (end.high.y - start.high.y),
      ].map { min(max($0, -1), Double(height)).rounded() }
      let (top, bottom) = (Int(min(ends[0], ends[1])), Int(max(ends[0], ends[1])))
      for row in top...bottom
      where pen.dash == .dotted ? isInSparseWeave(column, row) : isInWeave(column, row) {
        plot(x: column, y: row, pen: pen)
      }
    }
  }

  /// A dot in every second cell, so that what is drawn over it stands out.
  private func isInSparseWeave(_ column: Int, _ row: Int) -> Bool {
    marks == .braille
      ? row % 4 == 0 && (column + row / 2) % 4 == 0 : row % 2 == 0 && (column + row / 2) % 2 == 0
  }

  private func isInWeave(_ column: Int, _ row: Int) -> Bool {
    marks == .braille
      ? row % 2 == 0 && (column + row / 2) % 2 == 0 : (column + row) % 2 == 0
  }
}
