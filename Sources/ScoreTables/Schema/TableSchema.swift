/// What is known of a table's columns.
public struct TableSchema: Sendable, Equatable {
  /// All columns of the file, those that are ignored too, in the file's order.
  public var columns: [ColumnSchema]

  public init(columns: [ColumnSchema]) { self.columns = columns }

  /// The columns that are modelled and written.
  public var kept: [ColumnSchema] { columns.filter { $0.role != .ignored } }

  /// The place of the target among ``kept``; nil without one.
  public var targetPlace: Int? { kept.firstIndex { $0.role == .target } }

  /// Makes a column the target, and every other target a feature.
  ///
  /// - Throws: ``TableError`` where no column, or more than one, is called so, and where it is ignored.
  public mutating func setTarget(_ name: String, file: String) throws(TableError) {
    let names = columns.map { RawTable.Column(name: $0.name, cells: .numbers([], decimals: 0)) }
    let place = try RawTable(file: file, columns: names, rowCount: 0).place(of: name)
    guard columns[place].role != .ignored else {
      throw TableError(
        file: file, column: columns[place].name,
        message: "an ignored column can't be the target; choose another, or give it a kind and its "
          + "categories in a schema")
    }
    for index in columns.indices where columns[index].role == .target {
      columns[index].role = .feature
    }
    columns[place].role = .target
  }
  /// Makes a target, if there is one, a feature.
  public mutating func clearTarget() {
    for index in columns.indices where columns[index].role == .target {
      columns[index].role = .feature
    }
  }
}
