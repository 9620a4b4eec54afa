/// Which rows of a list show, so that the selected one does; follows from the selection alone.
public struct ListWindow: Equatable {
  /// The shown indices.
  public var rows: Range<Int>
  public var hasMoreAbove: Bool
  public var hasMoreBelow: Bool

  /// Places a list.
  ///
  /// - Parameters:
  ///   - count: The rows of the whole list.
  ///   - selected: The row that must show; the first one without it.
  ///   - height: The rows that there is room for.
  public init(count: Int, selected: Int?, height: Int) {
    let height = max(0, height)
    let last = max(0, count - height)
    let first = min(max(0, (selected ?? 0) - height / 2), last)
    rows = first..<min(count, first + height)
    hasMoreAbove = first > 0 && height > 0
    hasMoreBelow = rows.upperBound < count && height > 0
  }

  /// Draws arrows in the last column where there is more.
  public func drawArrows(into canvas: inout Canvas, in area: Rect, marks: Marks) {
    guard !area.isEmpty else { return }
    let x = area.maxX - 1
    if hasMoreAbove { canvas[x, area.y] = Cell(marks.pick("▲", "^"), Style(.muted)) }
    if hasMoreBelow { canvas[x, area.maxY - 1] = Cell(marks.pick("▼", "v"), Style(.muted)) }
  }

  var overflows: Bool { hasMoreAbove || hasMoreBelow }
}
