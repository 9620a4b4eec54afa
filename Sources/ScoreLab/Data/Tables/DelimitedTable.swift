import OutsideText
import ScoreCore

/// Turns the rows of a CSV file into numbers, and says exactly which cell is not one.
struct DelimitedTable {
  /// Why a cell holds no number that can be used.
  private enum Flaw {
    case missing
    case infinite
    case text
  }

  private let file: String
  private let limits: DataFile.Limits
  private var reader: DelimitedReader
  private var cells: [DelimitedReader.Cell] = []
  private var columns: ColumnNames
  private var places: [Int] = []
  /// The column of the labels, which may be texts.
  private var labelPlace: Int?
  private var labels: [String] = []
  private var values: [Double] = []
  private var rowCount = 0
  /// Whether unusable cells are collected first, to tell text columns from columns with gaps.
  private var isTakingAll = false
  private var textColumns: Set<Int> = []
  private var firstGap: DataFileError?

  private init(_ bytes: [UInt8], file: String, limits: DataFile.Limits) {
    self.file = file
    self.limits = limits
    reader = DelimitedReader(bytes, file: file)
    columns = ColumnNames(raw: [], file: file)
  }

  /// Reads the wanted columns of a CSV file, `[rows, columns]`.
  ///
  /// - Throws: ``DataFileError`` naming the line, the row and the column.
  static func parse(
    _ bytes: [UInt8], file: String, columns wanted: [String], limits: DataFile.Limits
  ) throws(DataFileError) -> DataTable {
    var table = DelimitedTable(bytes, file: file, limits: limits)
    try table.readHeader(wanted, label: nil)
    try table.readRows()
    return try table.finished()
  }

  /// Reads the wanted columns of a CSV file, but not that of its labels, and the labels.
  ///
  /// - Throws: ``DataFileError`` naming the line, the row and the column.
  static func parse(
    _ bytes: [UInt8], file: String, columns wanted: [String], label: String,
    limits: DataFile.Limits
  ) throws(DataFileError) -> (table: DataTable, labels: [String]) {
    var table = DelimitedTable(bytes, file: file, limits: limits)
    try table.readHeader(wanted, label: label)
    try table.readRows()
    return (try table.finished(), table.labels)
  }

  private mutating func readHeader(_ wanted: [String], label: String?) throws(DataFileError) {
    guard let line = try reader.nextRow(into: &cells), !isBlankRow else {
      throw DataFileError(file: file, message: "the first line is empty; a table was expected")
    }
    let hasHeader = !cells.allSatisfy { reader.number($0) != nil }
    columns =
      hasHeader
      ? ColumnNames(raw: cells.map { reader.text($0) }, file: file)
      : ColumnNames(count: cells.count, file: file)
    places = try columns.places(of: wanted)
    if let label {
      let place = try columns.places(of: [label])[0]
      labelPlace = place
      places.removeAll { $0 == place }
      guard !places.isEmpty else {
        throw DataFileError(
          file: file,
          message: "no column but that of the labels, \"\(columns.shown(place))\", is asked for")
      }
    }
    isTakingAll = wanted.isEmpty
    if !hasHeader { try readRow(line: line) }
  }

  private var isBlankRow: Bool { cells.count == 1 && cells[0].range.isEmpty && !cells[0].isQuoted }

  private mutating func readRows() throws(DataFileError) {
    var firstBlank: Int?
    while let line = try reader.nextRow(into: &cells) {
      if isBlankRow {
        firstBlank = firstBlank ?? line
        continue
      }
      if let firstBlank {
        throw DataFileError(file: file, line: firstBlank, message: "a blank line between rows")
      }
      try readRow(line: line)
    }
  }

  private mutating func readRow(line: Int) throws(DataFileError) {
    guard cells.count == columns.raw.count else {
      throw DataFileError(
        file: file, line: line,
        message: "\(cells.count) cells where the first line has \(columns.raw.count)")
    }
    rowCount += 1
    guard rowCount <= limits.rows, values.count <= limits.cells - places.count else {
      throw DataFileError(
        file: file, line: line,
        message: "more than \(limits.rows) rows or \(limits.cells) cells; take a part of the file")
    }
    if let labelPlace { try readLabel(at: labelPlace, line: line) }
    for place in places {
      if let value = reader.number(cells[place]), value.isFinite {
        values.append(value)
      } else {
        values.append(0)
        try note(flawAt: place, line: line)
      }
    }
  }

  private mutating func readLabel(at place: Int, line: Int) throws(DataFileError) {
    let text = reader.text(cells[place])
    guard flaw(of: text) != .missing else {
      throw DataFileError(
        file: file, line: line,
        message: "row \(rowCount), column \"\(columns.shown(place))\": "
          + (text.isEmpty
            ? "no label" : "\"\(SafeText.sanitized(text))\" means a missing value, not a label"))
    }
    labels.append(SafeText.sanitized(text))
  }

  private mutating func note(flawAt place: Int, line: Int) throws(DataFileError) {
    let text = reader.text(cells[place])
    let flaw = flaw(of: text)
    let shown = SafeText.sanitized(text)
    let problem =
      switch flaw {
      case .missing where text.isEmpty: "the cell is empty"
      case .missing: "missing value \"\(shown)\""
      case .infinite: "expected a finite number, found \"\(shown)\""
      case .text: "expected a number, found \"\(shown)\""
      }
    let error = DataFileError(
      file: file, line: line,
      message: "row \(rowCount), column \"\(columns.shown(place))\": \(problem)")
    guard isTakingAll else { throw error }
    if flaw == .text {
      textColumns.insert(place)
    } else {
      firstGap = firstGap ?? error
    }
  }

  private func flaw(of text: String) -> Flaw {
    switch text.lowercased() {
    case "", "na", "n/a", "nan", "-nan", "+nan", "null", "none", "?", "-", ".": return .missing
    case "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity": return .infinite
    default: return DecimalNumber.parse(text) == nil ? .text : .infinite
    }
  }

  private func finished() throws(DataFileError) -> DataTable {
    guard rowCount > 0 else {
      throw DataFileError(file: file, message: "no rows of data beneath the header")
    }
    guard textColumns.isEmpty else { throw textFailure() }
    if let firstGap { throw firstGap }
    return DataTable(
      names: places.map { columns.shown($0) },
      points: Points(values: values, dimension: places.count))
  }

  private func textFailure() -> DataFileError {
    let numeric = places.filter { !textColumns.contains($0) }
    let text = columns.list(textColumns.sorted())
    let advice =
      numeric.isEmpty
      ? "no column is numeric" : "name the columns to use; numeric are \(columns.list(numeric))"
    return DataFileError(file: file, message: "text in column \(text); \(advice)")
  }
}
