/// A batch of points of one dimension, stored row by row in float64.
public struct Points: Sendable, Equatable {
  /// The number of points, at least 0.
  public private(set) var count: Int
  /// The number of coordinates of each point, at least 1.
  public let dimension: Int
  /// The coordinates, `[count, dimension]`, row-major.
  public var values: [Double]

  /// Creates `count` points at the origin.
  public init(zeros count: Int, dimension: Int) {
    precondition(count >= 0 && dimension >= 1, "A batch needs a count and a dimension.")
    self.count = count
    self.dimension = dimension
    values = Array(repeating: 0, count: count * dimension)
  }

  /// Creates points from row-major coordinates.
  ///
  /// - Precondition: `values.count` is a multiple of `dimension`.
  public init(values: [Double], dimension: Int) {
    precondition(dimension >= 1, "A point has at least one coordinate.")
    precondition(values.count % dimension == 0, "Rows must be complete.")
    self.count = values.count / dimension
    self.dimension = dimension
    self.values = values
  }

  /// Creates points from rows.
  ///
  /// - Precondition: At least one row; all of the same length, at least 1.
  public init(rows: [[Double]]) {
    precondition(!rows.isEmpty, "Without rows the dimension is unknown.")
    precondition(rows.allSatisfy { $0.count == rows[0].count }, "Rows must be of equal length.")
    self.init(values: rows.flatMap { $0 }, dimension: rows[0].count)
  }

  public subscript(row: Int, axis: Int) -> Double {
    get { values[row * dimension + axis] }
    set { values[row * dimension + axis] = newValue }
  }

  /// The coordinates of one point.
  public func row(_ row: Int) -> [Double] {
    Array(values[row * dimension..<(row + 1) * dimension])
  }

  /// One coordinate of every point.
  public func column(_ axis: Int) -> [Double] {
    (0..<count).map { values[$0 * dimension + axis] }
  }

  /// The points of a range of rows.
  public func rows(_ range: Range<Int>) -> Points {
    Points(
      values: Array(values[range.lowerBound * dimension..<range.upperBound * dimension]),
      dimension: dimension)
  }

  /// Adds points at the end.
  ///
  /// - Precondition: The dimensions agree.
  public mutating func append(_ other: Points) {
    precondition(other.dimension == dimension, "Points of another dimension cannot be added.")
    values.append(contentsOf: other.values)
    count += other.count
  }

  /// The squared Euclidean norm of each point, `[count]`.
  public func squaredNorms() -> [Double] {
    (0..<count).map { row in
      var sum = 0.0
      for axis in 0..<dimension {
        let value = values[row * dimension + axis]
        sum += value * value
      }
      return sum
    }
  }
}
