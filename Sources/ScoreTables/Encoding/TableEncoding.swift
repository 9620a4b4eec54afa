public import ScoreCore

/// A table's rows as points, and points as rows that are always valid.
public struct TableEncoding: Sendable, Equatable {
  private let columns: [ColumnEncoding]
  /// The number of coordinates of a row.
  public let dimension: Int

  /// Fits scales and codes to a table.
  public init(fitting table: Table) {
    columns = zip(table.columns, table.values).map { ColumnEncoding($0, fitting: $1) }
    dimension = columns.reduce(0) { $0 + $1.width }
  }

  /// The names of the coordinates, safe to show: c1, or c1.1 and so on where a column has several.
  public var names: [String] {
    columns.enumerated().flatMap { index, column in
      (1...column.width).map { column.width == 1 ? "c\(index + 1)" : "c\(index + 1).\($0)" }
    }
  }

  var columnCount: Int { columns.count }

  /// The coordinates that a column has.
  public func axes(ofColumn place: Int) -> Range<Int> {
    let start = columns[..<place].reduce(0) { $0 + $1.width }
    return start..<start + columns[place].width
  }

  /// The rows as points, `[rows, dimension]`, all finite.
  ///
  /// - Precondition: The table has the columns of the fitted one.
  public func points(_ table: Table) -> Points {
    precondition(table.columns == columns.map(\.column), "The columns that were fitted.")
    var values: [Double] = []
    values.reserveCapacity(table.rowCount * dimension)
    for row in 0..<table.rowCount {
      for (column, list) in zip(columns, table.values) {
        values += column.coordinates(list[row])
      }
    }
    return Points(values: values, dimension: dimension)
  }

  /// The rows that points stand for, whatever their coordinates: every value is in its column's range,
  /// with its decimals, or one of its categories; missing only where the fitted column had gaps.
  ///
  /// - Precondition: At least one point, of ``dimension``.
  public func table(_ points: Points) -> Table {
    precondition(points.dimension == dimension, "Points of this encoding.")
    let values = columns.indices.map { place in
      let axes = axes(ofColumn: place)
      return (0..<points.count).map { row in
        let start = row * dimension
        return columns[place].value(
          points.values[start + axes.lowerBound..<start + axes.upperBound])
      }
    }
    return Table(columns: columns.map(\.column), values: values)
  }
}
