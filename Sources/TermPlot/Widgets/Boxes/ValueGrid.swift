/// Values on a rectangle of equal fields, such as counts or a density.
public struct ValueGrid: Sendable, Equatable {
  public let columns: Int
  public let rows: Int
  /// `rows * columns` values, row-major, the lowest y first; one that is not finite is a hole.
  public var values: [Double]
  public var x: AxisRange
  public var y: AxisRange
  /// On which scale the columns are equal.
  public var xScale = AxisScale.linear

  /// Creates a grid.
  ///
  /// - Precondition: There are `columns * rows` values.
  public init(columns: Int, rows: Int, values: [Double], x: AxisRange, y: AxisRange) {
    precondition(columns >= 0 && rows >= 0, "A grid cannot have a negative size.")
    precondition(values.count == columns * rows, "A grid needs a value for every field.")
    self.columns = columns
    self.rows = rows
    self.values = values
    self.x = x
    self.y = y
  }

  /// Counts points; those outside the ranges or not finite are passed over.
  public init(
    countingX pointsX: [Double], y pointsY: [Double], columns: Int, rows: Int, x: AxisRange,
    y: AxisRange
  ) {
    self.init(
      columns: columns, rows: rows, values: Array(repeating: 0, count: columns * rows), x: x, y: y)
    for (valueX, valueY) in zip(pointsX, pointsY) {
      let (u, v) = ((valueX - x.lower) / x.width, (valueY - y.lower) / y.width)
      guard u >= 0, u <= 1, v >= 0, v <= 1, columns > 0, rows > 0 else { continue }
      let column = min(Int(u * Double(columns)), columns - 1)
      values[min(Int(v * Double(rows)), rows - 1) * columns + column] += 1
    }
  }

  /// The mean of the finite values in each field of a coarser or finer grid on other ranges.
  ///
  /// - Returns: `rows * columns` means, the lowest y first; NaN where there is nothing to mean.
  func resampled(columns width: Int, rows height: Int, x otherX: Axis, y otherY: Axis) -> [Double] {
    let spansX = ValueGrid.spans(width, axis: otherX, count: columns, range: Axis(x, scale: xScale))
    let spansY = ValueGrid.spans(height, axis: otherY, count: rows, range: Axis(y))
    var means: [Double] = []
    means.reserveCapacity(width * height)
    for rowSpan in spansY {
      for columnSpan in spansX {
        var (sum, count) = (0.0, 0)
        for row in rowSpan {
          for column in columnSpan {
            let value = values[row * columns + column]
            guard value.isFinite else { continue }
            sum += value
            count += 1
          }
        }
        means.append(count > 0 ? sum / Double(count) : .nan)
      }
    }
    return means
  }

  /// Which fields each pixel covers along one side: at least the one at its middle.
  private static func spans(
    _ pixels: Int, axis: Axis, count: Int, range: Axis
  ) -> [Range<Int>] {
    (0..<max(0, pixels)).map { pixel in
      func place(_ offset: Double) -> Double {
        let value = axis.value(at: (Double(pixel) + offset) / Double(pixels))
        return (range.fraction(of: value) ?? -1) * Double(count)
      }
      let middle = place(0.5)
      guard middle >= 0, middle < Double(count) else { return 0..<0 }
      let first = Int(max(0, place(0).rounded()))
      let last = Int(min(Double(count), place(1).rounded()))
      return first < last ? first..<last : Int(middle)..<(Int(middle) + 1)
    }
  }
}
