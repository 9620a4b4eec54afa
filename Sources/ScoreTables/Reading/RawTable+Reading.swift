import ScoreCore
import ScoreLab

extension RawTable {
  /// How much is read before giving up.
  public struct Limits: Sendable, Equatable {
    /// The longest file, in bytes.
    public var bytes = 1 << 30
    /// The most rows of data.
    public var rows = 10_000_000
    /// The most cells.
    public var cells = 100_000_000

    public init() {}
  }

  /// Reads a table in text.
  ///
  /// Cells are separated by commas, semicolons or tabs, found from the first line; rows end with LF,
  /// CRLF or CR; double quotes as in RFC 4180; a UTF-8 mark is skipped. The first line is a header
  /// unless all its cells are numbers, and then the columns are called c1, c2, ... An empty cell, NA,
  /// N/A, NaN, null and ? have no value. A number that starts with a needless 0, such as a postcode,
  /// is text. An npy array of numbers is a table with the columns c1, c2, ..., where NaN has no value.
  /// Either may be compressed with gzip.
  ///
  /// - Parameters:
  ///   - file: The file's name.
  ///   - limits: How much is read.
  /// - Returns: The table, with at least one row.
  /// - Throws: ``TableError`` naming line and column.
  public static func read(
    file: String, limits: Limits = Limits()
  ) throws(TableError) -> RawTable {
    try read(file: file, limits: limits) { _, _ in false }
  }

  /// Reads a table of which the first line may be left out.
  ///
  /// - Parameters:
  ///   - file: The file's name.
  ///   - limits: How much is read.
  ///   - hasLineAboveNames: Whether the names stand in the second line, given the first two.
  /// - Returns: The table, with at least one row.
  /// - Throws: ``TableError`` naming line and column.
  package static func read(
    file: String, limits: Limits = Limits(), hasLineAboveNames: (String, String) -> Bool
  ) throws(TableError) -> RawTable {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileReader.unpackedBytes(file, limit: limits.bytes)
    } catch {
      throw TableError(file: file, message: error.reason)
    }
    let isEnd = { (byte: UInt8) in byte == 10 || byte == 13 }
    let lines = bytes.split(maxSplits: 2, omittingEmptySubsequences: true, whereSeparator: isEnd)
    guard lines.count > 2,
      hasLineAboveNames(
        String(decoding: lines[0], as: UTF8.self), String(decoding: lines[1], as: UTF8.self))
    else { return try parse(bytes, file: file, limits: limits) }
    var table = try parse(Array(bytes[lines[1].startIndex...]), file: file, limits: limits)
    table.firstLine = table.firstLine.map { $0 + 1 }
    return table
  }

  /// Takes the columns of an array; NaN is a value that is not there.
  private init(_ array: DataTable, file: String) {
    let columns = array.names.enumerated().map { place, name in
      let values = array.points.column(place)
      let isWhole = values.allSatisfy { $0.isNaN || $0 == $0.rounded() }
      return Column(
        name: name,
        cells: .numbers(
          values.map { $0 + 0 }, decimals: isWhole ? 0 : ColumnSchema.mostDecimals + 1))
    }
    self.init(file: file, columns: columns, rowCount: array.points.count)
  }

  /// Reads a table from the bytes of a file.
  static func parse(
    _ bytes: [UInt8], file: String, limits: Limits = Limits()
  ) throws(TableError) -> RawTable {
    if let problem = problem(with: bytes) { throw TableError(file: file, message: problem) }
    do throws(DataFileError) {
      var arrayLimits = DataFile.Limits()
      (arrayLimits.rows, arrayLimits.cells) = (limits.rows, limits.cells)
      if let array = try DataFile.array(bytes, file: file, limits: arrayLimits) {
        return RawTable(array, file: file)
      }
      if bytes.contains(0) {
        throw DataFileError(file: file, message: "not text in UTF-8; expected CSV or npy")
      }
      var reader = RawTableReader(bytes, file: file, limits: limits)
      return try reader.table()
    } catch {
      throw TableError(file: file, line: error.line, message: error.message)
    }
  }

  private static func problem(with bytes: [UInt8]) -> String? {
    if bytes.isEmpty { return "the file is empty" }
    if bytes.starts(with: [0x1F, 0x8B]) {
      return "compressed with gzip twice; unpack it first, with gunzip"
    }
    if bytes.starts(with: Array("PK".utf8) + [3, 4]) {
      return "a zip archive (a spreadsheet?); save it as CSV"
    }
    if bytes.starts(with: Array("PAR1".utf8)) { return "a Parquet file; save it as CSV" }
    return nil
  }
}
