import ScoreCore

/// Where the coordinates of a row stand in a network that fills gaps.
///
/// A point has the coordinates of the columns with gaps alone. A condition has those of all columns, 0
/// where a column has a gap, and for each column with gaps 1 where the row has a value and 0 where not.
struct FillingAxes: Sendable {
  /// The columns with gaps, ascending.
  let columns: [Int]
  /// The encoded coordinates of these columns, in order: the coordinates of a point.
  let pointAxes: [Int]
  /// The number of values of a condition.
  let conditionCount: Int
  private let encoding: TableEncoding
  /// The coordinates of a point that each of ``columns`` has.
  private let places: [Range<Int>]

  init(_ encoding: TableEncoding, columns: [Int]) {
    self.encoding = encoding
    self.columns = columns
    var places: [Range<Int>] = []
    for column in columns {
      let start = places.last?.upperBound ?? 0
      places.append(start..<start + encoding.axes(ofColumn: column).count)
    }
    self.places = places
    pointAxes = columns.flatMap { Array(encoding.axes(ofColumn: $0)) }
    conditionCount = encoding.dimension + columns.count
  }

  /// The coordinates of a point that hidden columns have.
  func places(hidden: [Int]) -> [Int] {
    zip(columns, places).filter { hidden.contains($0.0) }.flatMap { Array($0.1) }
  }

  /// What a network is given of an encoded row.
  func condition(_ row: [Double], hidden: [Int]) -> [Double] {
    var values = row
    for column in hidden {
      for axis in encoding.axes(ofColumn: column) { values[axis] = 0 }
    }
    return values + columns.map { hidden.contains($0) ? 0 : 1 }
  }
}

/// The score of some of a network's coordinates, where the others are 0 without noise.
struct PartialScore: ScoreFunction {
  let whole: any ScoreFunction
  /// The coordinates.
  let axes: [Int]

  var dimension: Int { axes.count }

  func score(at x: Points, level: NoiseLevel) -> Points {
    var all = Points(zeros: x.count, dimension: whole.dimension)
    for row in 0..<x.count {
      for (place, axis) in axes.enumerated() { all[row, axis] = x[row, place] }
    }
    return whole.score(at: all, level: level).part(axes)
  }
}
