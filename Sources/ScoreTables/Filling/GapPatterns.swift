import NumberFormatting
import OutsideText
import ScoreCore

/// Which columns of a table lack a value together.
public struct GapPatterns: Sendable, Equatable {
  /// The columns with gaps, ascending.
  public let columns: [Int]
  /// The distinct patterns: the columns without a value, ascending; the commonest first.
  public let patterns: [[Int]]
  /// The rows of each pattern, ascending.
  public let rows: [[Int]]
  /// The rows that have every value, ascending.
  public let completeRows: [Int]

  /// Finds the patterns of a table's rows.
  public init(_ table: Table) {
    var found: [[Int]: [Int]] = [:]
    for row in 0..<table.rowCount {
      found[table.columns.indices.filter { table.values[$0][row].isNaN }, default: []].append(row)
    }
    completeRows = found.removeValue(forKey: []) ?? []
    // Equally common patterns stand in the order of their first rows.
    let sorted = found.sorted { ($1.value.count, $0.value[0]) < ($0.value.count, $1.value[0]) }
    patterns = sorted.map(\.key)
    rows = sorted.map(\.value)
    columns = Set(patterns.joined()).sorted()
  }

  /// How many rows have gaps.
  public var rowCount: Int { rows.reduce(0) { $0 + $1.count } }

  /// Finds what would make filling useless or impossible.
  ///
  /// - Throws: ``TableError`` with what to do.
  public func check(_ table: Table, file: String) throws(TableError) {
    guard !patterns.isEmpty else {
      throw TableError(file: file, message: "no kept column has a gap; nothing to fill")
    }
    guard completeRows.count < TableSplit.leastRows else { return }
    let worst = columns.max { gapCount($0) < gapCount($1) } ?? columns[0]
    throw TableError(
      file: file, column: table.columns[worst].name,
      message: "has the most gaps, \(gapCount(worst)), and only "
        + "\(NumberText.counted(completeRows.count, "row")) of the file "
        + "\(completeRows.count == 1 ? "has" : "have") a value in every kept column; at least "
        + "\(TableSplit.leastRows) are needed to learn from; set role: ignored")
  }

  /// How many rows lack a value in a column.
  public func gapCount(_ column: Int) -> Int {
    zip(patterns, rows).reduce(0) { $0 + ($1.0.contains(column) ? $1.1.count : 0) }
  }

  /// How many rows with gaps have a value in a column that no row without gaps has.
  func unseenCount(_ column: Int, in table: Table) -> Int {
    let seen = Set(completeRows.map { table.values[column][$0] })
    return rows.joined().count { row in
      let value = table.values[column][row]
      return !value.isNaN && !seen.contains(value)
    }
  }

  /// Draws a pattern, each row with gaps as likely as any other.
  func drawByRow(using stream: inout RandomStream) -> Int {
    var place = stream.integer(below: rowCount)
    for (index, rows) in rows.enumerated() {
      if place < rows.count { return index }
      place -= rows.count
    }
    return rows.count - 1
  }
}

extension Table {
  /// The table with a gap in the named columns of each row.
  ///
  /// - Parameter hidden: The places of columns for each row, `[rows]`.
  /// - Returns: The same rows.
  func hiding(_ hidden: [[Int]]) -> Table {
    var lists = values
    for (row, places) in hidden.enumerated() {
      for place in places { lists[place][row] = .nan }
    }
    return Table(columns: columns, values: lists)
  }

  /// One of the columns, of some of the rows.
  func column(_ place: Int, _ rows: [Int]) -> Table {
    Table(columns: [columns[place]], values: [rows.map { values[place][$0] }])
  }
}
