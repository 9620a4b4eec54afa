/// A table whose values fit a schema.
public struct Table: Sendable, Equatable {
  /// The kept columns' schemas, in order.
  public let columns: [ColumnSchema]
  /// A list a column, `[columns][rows]`: numbers, seconds since 1970 or places of categories, and NaN
  /// for a missing value.
  public private(set) var values: [[Double]]
  public let rowCount: Int

  /// Makes a table.
  ///
  /// - Precondition: A list a column, all of one length, and every value valid or missing.
  public init(columns: [ColumnSchema], values: [[Double]]) {
    precondition(columns.count == values.count && !columns.isEmpty, "A list a column.")
    precondition(values.allSatisfy { $0.count == values[0].count }, "Lists of one length.")
    for (column, list) in zip(columns, values) {
      precondition(
        list.allSatisfy { $0.isNaN ? column.missing == .mask : column.accepts($0) },
        "Values fit the schema.")
    }
    self.columns = columns
    self.values = values
    rowCount = values[0].count
  }

  /// Rows of the table, in any order and any number of times.
  public func rows(_ rows: [Int]) -> Table {
    Table(columns: columns, values: values.map { list in rows.map { list[$0] } })
  }

  /// The table as CSV with a header, which reads back as the same values under the same schema.
  public var csv: String {
    var text = CSVCell.line(columns.map { CSVCell.quoted($0.name) })
    for row in 0..<rowCount {
      text += CSVCell.line(
        zip(columns, values).map { column, list in
          column.text(list[row]).map(CSVCell.quoted) ?? MissingText.written
        })
    }
    return text
  }
}

extension Table: CustomStringConvertible {
  public var description: String { "\(rowCount) rows, \(columns.count) columns" }

  /// Whether two tables have the same values, missing ones in the same places.
  public static func == (left: Table, right: Table) -> Bool {
    left.columns == right.columns
      && zip(left.values, right.values).allSatisfy { a, b in
        a.count == b.count && zip(a, b).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
      }
  }
}
