/// Reads rows of separated cells, one after another, from bytes.
///
/// Rows end at LF, CRLF or a bare CR. A cell in double quotes may hold separators, line ends and
/// doubled quotes. Blanks around a cell are not part of it.
///
/// Source: Shafranovich 2005, RFC 4180, with the separator and the line end left open.
package struct DelimitedReader {
  /// One cell: where its text stands, without quotes and the blanks around it.
  package struct Cell {
    package var range: Range<Int>
    package var isQuoted: Bool
  }

  private static let lf = UInt8(ascii: "\n")
  private static let cr = UInt8(ascii: "\r")
  private static let quote = UInt8(ascii: "\"")

  package let bytes: [UInt8]
  let file: String
  let separator: UInt8
  private var position: Int
  /// The line the next row starts on, from 1.
  package private(set) var line = 1

  package init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    separator = DelimitedReader.detectSeparator(bytes, from: position)
  }

  /// The separator that is commonest in the first line outside quotes; comma when in doubt.
  private static func detectSeparator(_ bytes: [UInt8], from start: Int) -> UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    var counts = [0, 0, 0]
    var isInQuotes = false
    for byte in bytes[start...] {
      if byte == quote { isInQuotes.toggle() }
      if isInQuotes { continue }
      if byte == lf || byte == cr { break }
      if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    let best = candidates.indices.max { (counts[$0], -$0) < (counts[$1], -$1) } ?? 0
    return candidates[best]
  }

  /// Reads the next row into `cells`, which keeps its storage from row to row.
  ///
  /// - Returns: The line the row starts on, or nil at the end of the file.
  /// - Throws: ``DataFileError`` for a quote that does not end, or text behind one.
  package mutating func nextRow(into cells: inout [Cell]) throws(DataFileError) -> Int? {
    cells.removeAll(keepingCapacity: true)
    guard position < bytes.count else { return nil }
    let start = line
    while true {
      skipBlanks()
      if position < bytes.count && bytes[position] == DelimitedReader.quote {
        cells.append(try quotedCell())
      } else {
        cells.append(plainCell())
      }
      guard position < bytes.count else { return start }
      let byte = bytes[position]
      position += 1
      if byte == separator { continue }
      if byte == DelimitedReader.cr, position < bytes.count, bytes[position] == DelimitedReader.lf {
        position += 1
      }
      line += 1
      return start
    }
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")) && byte != separator
  }

  private func endsCell(_ byte: UInt8) -> Bool {
    byte == separator || byte == DelimitedReader.lf || byte == DelimitedReader.cr
  }

  private mutating func skipBlanks() {
    while position < bytes.count && isBlank(bytes[position]) { position += 1 }
  }

  private mutating func plainCell() -> Cell {
    let start = position
    while position < bytes.count && !endsCell(bytes[position]) { position += 1 }
    var end = position
    while end > start && isBlank(bytes[end - 1]) { end -= 1 }
    return Cell(range: start..<end, isQuoted: false)
  }

  private mutating func quotedCell() throws(DataFileError) -> Cell {
    let opened = line
    position += 1
    let start = position
    while true {
      guard position < bytes.count else {
        throw DataFileError(
          file: file, line: opened, message: "a quote opens here and never closes")
      }
      let byte = bytes[position]
      position += 1
      let isLineEnd =
        byte == DelimitedReader.lf
        || byte == DelimitedReader.cr
          && !(position < bytes.count && bytes[position] == DelimitedReader.lf)
      if isLineEnd { line += 1 }
      guard byte == DelimitedReader.quote else { continue }
      if position < bytes.count && bytes[position] == DelimitedReader.quote {
        position += 1
        continue
      }
      break
    }
    let end = position - 1
    skipBlanks()
    guard position == bytes.count || endsCell(bytes[position]) else {
      throw DataFileError(
        file: file, line: line,
        message: "text behind a closing quote; a quote inside a quoted cell is written twice")
    }
    return Cell(range: start..<end, isQuoted: true)
  }

  /// The text of a cell, with doubled quotes made single; bytes that are not UTF-8 are replaced.
  package func text(_ cell: Cell) -> String {
    var cellBytes = bytes[cell.range]
    if cell.isQuoted { cellBytes = trimmed(cellBytes) }
    let text = String(decoding: cellBytes, as: UTF8.self)
    guard cell.isQuoted, text.utf8.contains(DelimitedReader.quote) else { return text }
    return text.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"")
  }

  /// The number in a cell, or nil if it holds none.
  package func number(_ cell: Cell) -> Double? {
    if !cell.isQuoted { return DecimalNumber.parse(bytes, in: cell.range) }
    return DecimalNumber.parse(bytes, in: trimmed(bytes[cell.range]).indices)
  }

  private func trimmed(_ slice: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
    let front = slice.drop(while: isSpace)
    guard let last = front.lastIndex(where: { !isSpace($0) }) else { return front.prefix(0) }
    return front[...last]
  }
}
