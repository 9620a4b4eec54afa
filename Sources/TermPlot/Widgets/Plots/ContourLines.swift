/// Lines of equal value through a grid of values.
public struct ContourLines: Sendable, Equatable {
  /// The ends of straight pieces, each two points and a break that is not a number.
  public private(set) var x: [Double] = []
  public private(set) var y: [Double] = []

  /// Finds the lines of some values.
  ///
  /// Every square between the middles of four fields is cut where its sides cross the value; a
  /// square with a hole at a corner is left out.
  ///
  /// Source: Lorensen and Cline 1987, *Marching cubes*, in the plane; a saddle is joined by the mean
  /// of its corners.
  ///
  /// - Parameters:
  ///   - values: The values of the lines.
  ///   - grid: What they run through.
  public init(at values: [Double], through grid: ValueGrid) {
    guard grid.columns >= 2, grid.rows >= 2 else { return }
    for row in 0..<grid.rows - 1 {
      for column in 0..<grid.columns - 1 {
        let corners = Corners(grid, column: column, row: row)
        guard corners.values.allSatisfy(\.isFinite) else { continue }
        for value in values { cut(corners, at: value) }
      }
    }
  }

  /// The middles of four fields around, counterclockwise from the lower left.
  private struct Corners {
    var points: [(x: Double, y: Double)]
    var values: [Double]

    init(_ grid: ValueGrid, column: Int, row: Int) {
      let places = [(0, 0), (1, 0), (1, 1), (0, 1)].map { (column + $0.0, row + $0.1) }
      points = places.map { column, row in
        (
          grid.x.lower + grid.x.width * (Double(column) + 0.5) / Double(grid.columns),
          grid.y.lower + grid.y.width * (Double(row) + 0.5) / Double(grid.rows)
        )
      }
      values = places.map { grid.values[$0.1 * grid.columns + $0.0] }
    }
  }

  private mutating func cut(_ corners: Corners, at value: Double) {
    let isAbove = corners.values.map { $0 >= value }
    let crossed = (0..<4).filter { isAbove[$0] != isAbove[($0 + 1) % 4] }
    let ends = crossed.map { side -> (x: Double, y: Double) in
      let (from, to) = (side, (side + 1) % 4)
      let share = (value - corners.values[from]) / (corners.values[to] - corners.values[from])
      let (start, end) = (corners.points[from], corners.points[to])
      return (start.x + share * (end.x - start.x), start.y + share * (end.y - start.y))
    }
    if ends.count == 2 { add(ends[0], ends[1]) }
    guard ends.count == 4 else { return }
    // At a saddle the line passes around the corners that differ from the middle.
    let isMiddleAbove = corners.values.reduce(0, +) / 4 >= value
    let pairs = isMiddleAbove == isAbove[0] ? [(0, 1), (2, 3)] : [(3, 0), (1, 2)]
    for pair in pairs { add(ends[pair.0], ends[pair.1]) }
  }

  private mutating func add(_ start: (x: Double, y: Double), _ end: (x: Double, y: Double)) {
    x += [start.x, end.x, .nan]
    y += [start.y, end.y, .nan]
  }
}
