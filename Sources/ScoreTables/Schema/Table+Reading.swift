import NumberFormatting
import OutsideText

extension Table {
  /// Takes the kept columns of a table that was read.
  ///
  /// Columns are found by name, without regard to upper and lower case where that is clear; those that
  /// the schema does not have are left out.
  ///
  /// - Throws: ``TableError`` naming the line and the column of the first cell that does not fit, and
  ///   what to do.
  public init(_ raw: RawTable, schema: TableSchema) throws(TableError) {
    var values: [[Double]] = []
    let kept = schema.kept
    guard !kept.isEmpty else {
      throw TableError(file: raw.file, message: "every column is ignored; keep at least one")
    }
    for column in kept {
      let cells = raw.columns[try raw.place(of: column.name)].cells
      values.append(try ColumnReading(raw: raw, column: column).values(cells))
    }
    self.init(columns: kept, values: values)
  }
}

/// Reads the cells of one column as its schema says.
private struct ColumnReading {
  let raw: RawTable
  let column: ColumnSchema
  private let categories: [String: Int]

  init(raw: RawTable, column: ColumnSchema) {
    self.raw = raw
    self.column = column
    categories = Dictionary(
      column.categories.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func values(_ cells: RawTable.Cells) throws(TableError) -> [Double] {
    switch cells {
    case .numbers(let values, _):
      // Most numbers are there many times.
      var known: [Double: Double] = [:]
      var result: [Double] = []
      result.reserveCapacity(values.count)
      for (row, value) in values.enumerated() {
        if let found = known[value] {
          result.append(found)
        } else {
          let found = try self.value(value.isNaN ? nil : NumberText.exact(value), row: row)
          if !value.isNaN { known[value] = found }
          result.append(found)
        }
      }
      return result
    case .texts(let places, let words):
      var known = [Double?](repeating: nil, count: words.count)
      var result: [Double] = []
      for (row, place) in places.enumerated() {
        if place >= 0, let found = known[Int(place)] {
          result.append(found)
        } else {
          let found = try value(place < 0 ? nil : words[Int(place)], row: row)
          if place >= 0 { known[Int(place)] = found }
          result.append(found)
        }
      }
      return result
    }
  }

  private func value(_ text: String?, row: Int) throws(TableError) -> Double {
    guard let text, !column.absent.contains(text) else {
      guard column.missing == .mask else {
        throw failure("has no value", "set missing: mask, or fill it in", row: row)
      }
      return .nan
    }
    if column.kind.hasCategories { return try category(text, row: row) }
    if let format = column.format {
      guard let seconds = format.seconds(text) else {
        throw failure(
          "\(shown(text)) is not of the form \(format.pattern)",
          "correct it, or write it into absent: [...]", row: row)
      }
      return try inRange(seconds, text, row: row)
    }
    guard let number = RawNumber.value(text) else {
      throw failure(
        "\(shown(text)) is not a number",
        "correct it, write it into absent: [...], or set kind: categorical", row: row)
    }
    guard column.rounded(number) == number else {
      throw failure(
        "\(shown(text)) has more than \(NumberText.counted(column.decimals ?? 0, "decimal"))",
        "set decimals, or kind: numeric", row: row)
    }
    return try inRange(number + 0, text, row: row)
  }

  private func category(_ text: String, row: Int) throws(TableError) -> Double {
    guard let place = categories[text] else {
      throw failure(
        "\(shown(text)) is none of its \(column.categories.count) categories",
        "add it to categories, or write it into absent: [...]", row: row)
    }
    return Double(place)
  }

  private func inRange(_ value: Double, _ text: String, row: Int) throws(TableError) -> Double {
    guard column.range.contains(value) else {
      throw failure(
        "\(shown(text)) is outside its range",
        "widen range, or write it into absent: [...]", row: row)
    }
    return value
  }

  private func shown(_ text: String) -> String { "\"\(SafeText.sanitized(text))\"" }

  private func failure(_ problem: String, _ advice: String, row: Int) -> TableError {
    TableError(
      file: raw.file, line: raw.line(ofRow: row), column: column.name,
      message: "row \(row + 1) \(problem); \(advice)")
  }
}
