import NumberFormatting

extension TableSchema {
  /// Finds what would make a model of a table useless or impossible.
  ///
  /// - Throws: ``TableError`` naming the column and what to do.
  public func check(_ table: Table, file: String) throws(TableError) {
    guard table.columns.count <= table.rowCount else {
      throw TableError(
        file: file,
        message: "\(table.columns.count) columns in \(NumberText.counted(table.rowCount, "row")); "
          + "give more rows, or set columns to role: ignored")
    }
    for (column, values) in zip(table.columns, table.values) {
      if let problem = Self.problem(with: column, values) {
        throw TableError(file: file, column: column.name, message: problem)
      }
    }
  }

  private static func problem(with column: ColumnSchema, _ values: [Double]) -> String? {
    let present = values.filter { !$0.isNaN }
    guard let first = present.first else { return "no value in any row; set role: ignored" }
    let isConstant = present.allSatisfy { $0 == first }
    if column.role == .target {
      if present.count < values.count {
        let rows = NumberText.counted(values.count - present.count, "row")
        return "the target has no value in \(rows); leave those rows out of the file"
      }
      if isConstant { return "the target has one class; choose another with role: target" }
    }
    if isConstant && present.count == values.count {
      return "the same value in every row; set role: ignored"
    }
    if column.categories.count > ColumnSchema.mostCategories {
      return "\(column.categories.count) categories of at most \(ColumnSchema.mostCategories); "
        + "merge some, or set role: ignored"
    }
    return present.contains { abs($0) > SchemaGuess.largest }
      ? "a number beyond 1e150; change the unit, or set role: ignored" : nil
  }
}
