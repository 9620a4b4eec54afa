import NumberFormatting
import OutsideText

/// Values that all rows which are made are to have in some columns.
public struct TableCondition: Sendable, Equatable {
  /// The places of the columns, ascending; empty for no condition.
  public let places: [Int]
  /// The value of each.
  public let values: [Double]
  /// The condition in words, safe to show.
  public let text: String

  /// Reads conditions, each a column, `=` and a value as the file writes it.
  ///
  /// - Throws: ``TableError`` for a column that is not there or is there twice, a value that it cannot
  ///   have, with those that it can, and for conditions on all columns.
  public init(_ texts: [String], schema: TableSchema, file: String) throws(TableError) {
    let kept = schema.kept
    let names = kept.map { RawTable.Column(name: $0.name, cells: .numbers([], decimals: 0)) }
    let raw = RawTable(file: file, columns: names, rowCount: 0)
    var found: [Int: Double] = [:]
    for text in texts {
      guard let cut = text.firstIndex(of: "=") else {
        throw TableError(
          file: "", message: "--condition \(SafeText.sanitized(text)): write column=value")
      }
      let place = try raw.place(of: String(text[..<cut]))
      guard found[place] == nil else {
        throw TableError(file: file, column: kept[place].name, message: "has two conditions")
      }
      found[place] = try Self.value(String(text[text.index(after: cut)...]), kept[place], file)
    }
    guard found.count < kept.count else {
      throw TableError(
        file: file, message: "conditions on every column; leave at least one to be made")
    }
    places = found.keys.sorted()
    values = places.compactMap { found[$0] }
    self.text = places.map { place in
      let value = found[place].flatMap { kept[place].text($0) } ?? MissingText.written
      return "\(SafeText.sanitized(kept[place].name)) = \(SafeText.sanitized(value))"
    }.joined(separator: ", ")
  }

  private static func value(
    _ text: String, _ column: ColumnSchema, _ file: String
  ) throws(TableError) -> Double {
    let cells = RawTable.Column(name: column.name, cells: .texts([0], words: [text]))
    let raw = RawTable(file: file, columns: [cells], rowCount: 1)
    guard let value = try? Table(raw, schema: TableSchema(columns: [column])).values[0][0],
      !value.isNaN
    else {
      throw TableError(
        file: file, column: column.name,
        message: "the condition \"\(SafeText.sanitized(text))\" is not a value of it; "
          + "give \(allowed(column))")
    }
    return value
  }

  private static func allowed(_ column: ColumnSchema) -> String {
    if column.kind.hasCategories {
      let list = column.categories.prefix(20).map { SafeText.sanitized($0) }
      let more = column.categories.count > 20 ? " and \(column.categories.count - 20) more" : ""
      return "one of \(list.joined(separator: ", "))\(more)"
    }
    let ends = [column.range.lowerBound, column.range.upperBound].map { column.text($0) ?? "" }
    let decimals = column.decimals.map { " of at most \(NumberText.counted($0, "decimal"))" } ?? ""
    return "a value from \(ends[0]) to \(ends[1])\(decimals)"
  }

  /// How many rows of a table have the values.
  public func count(in table: Table) -> Int {
    (0..<table.rowCount).count { row in
      zip(places, values).allSatisfy { table.values[$0][row] == $1 }
    }
  }

  /// Rows that have the values, and in all other columns those of a table's first row.
  public func rows(_ count: Int, like table: Table) -> Table {
    var lists = table.values.map { Array(repeating: $0[0], count: count) }
    for (place, value) in zip(places, values) {
      lists[place] = Array(repeating: value, count: count)
    }
    return Table(columns: table.columns, values: lists)
  }
}
