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
  ///
  /// - Parameters:
  ///   - points: The rows.
  ///   - classes: Their classes, for a last column: its names in CSV, their places from 0 in npy.
  /// - Returns: The pieces, one after the other.
  public func pieces(
    of points: Points, classes: SampleClasses? = nil
  ) -> some Sequence<[UInt8]> {
    let size = max(1, Self.numbersPerPiece / points.dimension)
    return stride(from: 0, to: points.count, by: size).lazy.map { start in
      let rows = start..<min(points.count, start + size)
      return self == .csv
        ? Self.text(points, classes, rows) : Self.binary(points, classes, rows)
    }
  }

  private static let numbersPerPiece = 16_384

  private static func text(
    _ points: Points, _ classes: SampleClasses?, _ rows: Range<Int>
  ) -> [UInt8] {
    let d = points.dimension
    let names = classes?.names.map { Array(CSVText.line([$0]).utf8) } ?? []
    let comma = UInt8(ascii: ",")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * d * 20)
    for row in rows {
      for axis in 0..<d {
        if axis > 0 { bytes.append(comma) }
        bytes.append(contentsOf: points.values[row * d + axis].description.utf8)
      }
      if let classes { bytes += [comma] + names[classes.values[row]] }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  private static func binary(
    _ points: Points, _ classes: SampleClasses?, _ rows: Range<Int>
  ) -> [UInt8] {
    let d = points.dimension
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * (d + 1) * 8)
    func append(_ value: Double) {
      for shift in stride(from: 0, to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(shift)))
      }
    }
    for row in rows {
      for value in points.values[row * d..<(row + 1) * d] { append(value) }
      if let classes { append(Double(classes.values[row])) }
    }
    return bytes
  }
}
