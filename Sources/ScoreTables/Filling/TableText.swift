import ScoreLab

/// A table's file as it was read, so that single cells can be replaced and no other byte.
public struct TableText: Sendable {
  /// The table.
  public let raw: RawTable
  private let bytes: [UInt8]

  /// Reads a CSV file, compressed with gzip or not, as ``RawTable/read(file:limits:)`` does.
  ///
  /// - Throws: ``TableError``, also for an npy array, which has no text.
  public static func read(file: String) throws(TableError) -> TableText {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileReader.unpackedBytes(file, limit: RawTable.Limits().bytes)
    } catch {
      throw TableError(file: file, message: error.reason)
    }
    return try TableText(bytes, file: file)
  }

  init(_ bytes: [UInt8], file: String) throws(TableError) {
    raw = try RawTable.parse(bytes, file: file)
    guard !bytes.contains(0) else {
      throw TableError(file: file, message: "an npy array has no text to fill in; save it as CSV")
    }
    self.bytes = bytes
  }

  /// The file with the gaps of a table replaced by the values of another.
  ///
  /// - Parameters:
  ///   - table: What was read of ``raw``.
  ///   - filled: The same rows, filled.
  /// - Returns: The bytes of the new file.
  /// - Throws: ``TableError``.
  public func filling(_ table: Table, with filled: Table) throws(TableError) -> [UInt8] {
    var places: [Int: Int] = [:]
    for (index, column) in table.columns.enumerated() {
      places[try raw.place(of: column.name)] = index
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 16)
    var copied = 0
    do throws(DataFileError) {
      try RawTableReader(bytes, file: raw.file, limits: RawTable.Limits()).forEachCell {
        row, place, cell in
        guard let column = places[place], table.values[column][row].isNaN,
          let text = filled.columns[column].text(filled.values[column][row])
        else { return }
        // What stood there for a gap goes with its quotes, which the range leaves out.
        let quotes = cell.isQuoted ? 1 : 0
        result += bytes[copied..<cell.range.lowerBound - quotes]
        result += Array(CSVCell.quoted(text).utf8)
        copied = cell.range.upperBound + quotes
      }
    } catch {
      throw TableError(file: raw.file, line: error.line, message: error.message)
    }
    return result + bytes[copied...]
  }
}
