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

  /// The bytes before the rows.
  ///
  /// - Parameters:
  ///   - names: A name a column.
  ///   - rows: How many rows will follow.
  /// - Returns: For CSV the line of names.
  public func header(names: [String], rows: Int) -> [UInt8] {
    switch self {
    case .csv: Array((CSVText.line(names) + "\n").utf8)
    case .npy: NpyHeader(rows: rows, columns: names.count).bytes
    }
  }

  /// The bytes of some rows, a few thousand numbers at a time.
  public func pieces(of points: Points) -> some Sequence<[UInt8]> {
    let size = max(1, Self.numbersPerPiece / points.dimension)
    return stride(from: 0, to: points.count, by: size).lazy.map { start in
      let rows = start..<min(points.count, start + size)
      return self == .csv ? Self.text(points, rows) : Self.binary(points, rows)
    }
  }

  private static let numbersPerPiece = 16_384

  private static func text(_ points: Points, _ rows: Range<Int>) -> [UInt8] {
    let d = points.dimension
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * d * 20)
    for row in rows {
      for axis in 0..<d {
        bytes.append(contentsOf: points.values[row * d + axis].description.utf8)
        bytes.append(UInt8(ascii: axis == d - 1 ? "\n" : ","))
      }
    }
    return bytes
  }

  private static func binary(_ points: Points, _ rows: Range<Int>) -> [UInt8] {
    let d = points.dimension
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * d * 8)
    for value in points.values[rows.lowerBound * d..<rows.upperBound * d] {
      for shift in stride(from: 0, to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(shift)))
      }
    }
    return bytes
  }
}
