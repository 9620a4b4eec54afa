public import ScoreCore

/// How a table of numbers is written.
public enum TableFormat: String, Sendable, CaseIterable {
  /// A line of names, then one line a row, each number with the fewest digits that give it back.
  case csv
  /// NumPy's format 1.0: float64, little endian, row by row; the names are lost.
  case npy

  /// The format that the ending of a file's name asks for, or nil.
  public init?(file: String) {
    let name = file.lowercased()
    guard let format = TableFormat.allCases.first(where: { name.hasSuffix("." + $0.rawValue) })
    else { return nil }
    self = format
  }

  /// The bytes of a table, a few thousand numbers at a time.
  public func pieces(of table: DataTable) -> some Sequence<[UInt8]> {
    sequence(state: TablePieces(table: table, format: self)) { $0.next() }
  }
}

/// Header first, then rows, so that a table is never in memory twice.
private struct TablePieces {
  private static let numbersPerPiece = 16_384

  let table: DataTable
  let format: TableFormat
  private var row = -1

  init(table: DataTable, format: TableFormat) {
    self.table = table
    self.format = format
  }

  mutating func next() -> [UInt8]? {
    guard row >= 0 else {
      row = 0
      return header
    }
    let points = table.points
    guard row < points.count else { return nil }
    let end = min(points.count, row + max(1, Self.numbersPerPiece / points.dimension))
    defer { row = end }
    return format == .csv ? text(row..<end) : binary(row..<end)
  }

  private var header: [UInt8] {
    switch format {
    case .csv: Array((CSVText.line(table.names) + "\n").utf8)
    case .npy: NpyHeader(rows: table.points.count, columns: table.points.dimension).bytes
    }
  }

  private func text(_ rows: Range<Int>) -> [UInt8] {
    let d = table.points.dimension
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * d * 20)
    for row in rows {
      for axis in 0..<d {
        bytes.append(contentsOf: table.points.values[row * d + axis].description.utf8)
        bytes.append(UInt8(ascii: axis == d - 1 ? "\n" : ","))
      }
    }
    return bytes
  }

  private func binary(_ rows: Range<Int>) -> [UInt8] {
    let d = table.points.dimension
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * d * 8)
    for value in table.points.values[rows.lowerBound * d..<rows.upperBound * d] {
      for shift in stride(from: 0, to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(shift)))
      }
    }
    return bytes
  }
}
