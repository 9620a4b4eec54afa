import OutsideText
import ScoreLab

/// Reads the rows of a table in text: first the numbers, then the columns that have text.
struct RawTableReader {
  /// The numbers of a column as long as it has nothing else.
  private struct Numbers {
    var values: [Double] = []
    var decimals = 0
    var isNumeric = true
  }

  /// How many rows the number of all rows is guessed from.
  private static let guessedFrom = 256

  private let bytes: [UInt8]
  private let file: String
  private let limits: RawTable.Limits
  private var names: [String] = []
  private var hasHeader = false
  private var isOneLineARow = true
  private var cells: [DelimitedReader.Cell] = []

  init(_ bytes: [UInt8], file: String, limits: RawTable.Limits) {
    self.bytes = bytes
    self.file = file
    self.limits = limits
  }

  /// Reads all rows.
  ///
  /// - Throws: ``DataFileError`` naming the line.
  mutating func table() throws(DataFileError) -> RawTable {
    try readHeader()
    var numbers = [Numbers](repeating: Numbers(), count: names.count)
    let rowCount = try readNumbers(&numbers)
    guard rowCount > 0 else { throw failure("no rows of data beneath the header") }
    var contents = numbers.map { RawTable.Cells.numbers($0.values, decimals: $0.decimals) }
    let others = numbers.indices.filter { !numbers[$0].isNumeric }
    numbers = []
    for (place, column) in try texts(of: others, rowCount: rowCount) { contents[place] = column }
    var table = RawTable(
      file: file, columns: zip(names, contents).map { RawTable.Column(name: $0, cells: $1) },
      rowCount: rowCount)
    if isOneLineARow { table.firstLine = hasHeader ? 2 : 1 }
    return table
  }

  private func failure(_ message: String, line: Int? = nil) -> DataFileError {
    DataFileError(file: file, line: line, message: message)
  }

  private mutating func readHeader() throws(DataFileError) {
    var reader = DelimitedReader(bytes, file: file)
    guard try reader.nextRow(into: &cells) != nil, !isBlankRow else {
      throw failure("the first line is empty; a table was expected")
    }
    hasHeader = !cells.allSatisfy { reader.number($0) != nil }
    names = cells.indices.map { place in
      let text = hasHeader ? reader.text(cells[place]) : ""
      return text.isEmpty ? "c\(place + 1)" : text
    }
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw failure("two columns are called \"\(SafeText.sanitized(name))\"; rename one", line: 1)
    }
  }

  private var isBlankRow: Bool { cells.count == 1 && cells[0].range.isEmpty && !cells[0].isQuoted }

  /// Goes through all rows, header left out; blank lines may only stand at the end.
  private mutating func forEachRow(
    _ body: ([DelimitedReader.Cell], DelimitedReader, Int) -> Void
  ) throws(DataFileError) {
    var reader = DelimitedReader(bytes, file: file)
    if hasHeader { _ = try reader.nextRow(into: &cells) }
    var firstBlank: Int?
    var row = 0
    while let line = try reader.nextRow(into: &cells) {
      // A table of one column may have empty cells; a blank line is one of them.
      if isBlankRow && names.count > 1 {
        firstBlank = firstBlank ?? line
        continue
      }
      if let firstBlank { throw failure("a blank line between rows", line: firstBlank) }
      guard cells.count == names.count else {
        throw failure("\(cells.count) cells where the first line has \(names.count)", line: line)
      }
      isOneLineARow = isOneLineARow && line == row + (hasHeader ? 2 : 1)
      guard row < limits.rows, row * names.count <= limits.cells - names.count else {
        throw failure(
          "more than \(limits.rows) rows or \(limits.cells) cells; take a part of the file",
          line: line)
      }
      body(cells, reader, row)
      row += 1
    }
  }

  /// Goes through the cells of all rows.
  ///
  /// - Parameter body: Gets the numbers of row and column, and the cell.
  /// - Throws: ``DataFileError`` naming the line.
  func forEachCell(
    _ body: (Int, Int, DelimitedReader.Cell) -> Void
  ) throws(DataFileError) {
    var reader = self
    try reader.readHeader()
    try reader.forEachRow { cells, _, row in
      for (place, cell) in cells.enumerated() { body(row, place, cell) }
    }
  }

  private mutating func readNumbers(_ numbers: inout [Numbers]) throws(DataFileError) -> Int {
    var rowCount = 0
    let bytes = bytes
    try forEachRow { cells, reader, row in
      rowCount = row + 1
      for place in numbers.indices where numbers[place].isNumeric {
        Self.read(cells[place], bytes, reader, into: &numbers[place])
      }
      guard rowCount == Self.guessedFrom, let end = cells.last?.range.upperBound else { return }
      // Growing by doubling would hold three times the memory for a moment.
      let expected = (bytes.count / max(1, end) + 1) * rowCount * 17 / 16
      for place in numbers.indices where numbers[place].isNumeric {
        numbers[place].values.reserveCapacity(expected)
      }
    }
    return rowCount
  }

  private static func read(
    _ cell: DelimitedReader.Cell, _ bytes: [UInt8], _ reader: DelimitedReader,
    into numbers: inout Numbers
  ) {
    if let value = reader.number(cell), value.isFinite, !hasLeadingZero(bytes, cell.range) {
      numbers.values.append(value)
      numbers.decimals = max(numbers.decimals, decimals(bytes, cell.range, value))
    } else if MissingText.matches(bytes, in: cell.range, isQuoted: cell.isQuoted) {
      numbers.values.append(.nan)
    } else {
      numbers = Numbers(isNumeric: false)
    }
  }

  /// Whether digits start with a 0 that a number would not have.
  private static func hasLeadingZero(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    range.count > 1 && bytes[range.lowerBound] == UInt8(ascii: "0")
      && bytes[range.lowerBound + 1] &- 48 < 10
  }

  /// The digits behind the point that a number needs.
  private static func decimals(_ bytes: [UInt8], _ range: Range<Int>, _ value: Double) -> Int {
    var place = range.upperBound
    while place > range.lowerBound {
      place -= 1
      if bytes[place] == UInt8(ascii: ".") { return range.upperBound - place - 1 }
      if bytes[place] | 0x20 == UInt8(ascii: "e") {
        // A rare way to write numbers: a whole one has none, any other as many as it takes.
        return value == value.rounded() ? 0 : ColumnSchema.mostDecimals + 1
      }
    }
    return 0
  }

  /// The cells of columns that hold more than numbers.
  private mutating func texts(
    of places: [Int], rowCount: Int
  ) throws(DataFileError) -> [(Int, RawTable.Cells)] {
    guard !places.isEmpty else { return [] }
    let bytes = bytes
    var codes = [[Int32]](repeating: [], count: places.count)
    var words = [[String]](repeating: [], count: places.count)
    var known = [[ArraySlice<UInt8>: Int32]](repeating: [:], count: places.count)
    var spelled = [[String: Int32]](repeating: [:], count: places.count)
    for index in places.indices { codes[index].reserveCapacity(rowCount) }
    try forEachRow { cells, reader, _ in
      for index in places.indices {
        let cell = cells[places[index]]
        if MissingText.matches(bytes, in: cell.range, isQuoted: cell.isQuoted) {
          codes[index].append(-1)
        } else if let code = known[index][bytes[cell.range]] {
          codes[index].append(code)
        } else {
          // Quotes or blanks inside them may make two spellings of one text.
          let text = reader.text(cell)
          let next = text.isEmpty ? -1 : Int32(words[index].count)
          let code = spelled[index][text] ?? next
          if code == next, !text.isEmpty { words[index].append(text) }
          (known[index][bytes[cell.range]], spelled[index][text]) = (code, code)
          codes[index].append(code)
        }
      }
    }
    return places.indices.map { (places[$0], .texts(codes[$0], words: words[$0])) }
  }
}
