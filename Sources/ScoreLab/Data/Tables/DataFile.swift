public import ScoreCore

/// Reads numeric tables from CSV, npy and IDX files.
///
/// CSV: comma, semicolon or tab, found from the first line; LF, CRLF or bare CR; double quotes;
/// a UTF-8 mark is skipped. The first line is a header unless all its cells are numbers, and then
/// the columns are called c1, c2, ... Blank lines at the end are ignored. npy: one or two
/// dimensions of float32, float64, int32, int64 or uint8, either storage order. IDX: unsigned bytes
/// in one to three dimensions, one row an image. Each may be compressed with gzip.
public struct DataFile: DataSource {
  /// How much is read before giving up.
  public struct Limits: Sendable, Equatable {
    /// The longest file, in bytes.
    public var bytes = 1 << 30
    /// The most rows of data.
    public var rows = 10_000_000
    /// The most numbers kept, rows times columns wanted.
    public var cells = 100_000_000

    public init() {}
  }

  private static let notText = "not text in UTF-8; expected CSV, npy or IDX"

  /// The folder that relative file names start from; empty for the current one.
  public var folder: String
  public var limits: Limits

  public init(folder: String = "", limits: Limits = Limits()) {
    self.folder = folder
    self.limits = limits
  }

  /// Reads numeric columns of a file.
  ///
  /// - Parameters:
  ///   - file: The file; its contents decide how it is read.
  ///   - columns: The columns wanted, by name or by number from 1; empty for all, which must then
  ///     all be numeric.
  /// - Returns: At least one row; every value finite; names safe to show.
  /// - Throws: ``DataFileError`` naming the file, the line and what was expected.
  public func table(file: String, columns: [String]) throws(DataFileError) -> DataTable {
    try DataFile.table(bytes(of: file), file: file, columns: columns, limits: limits)
  }

  /// Reads numeric columns of a file and, apart from them, one of labels, which may be texts in CSV.
  ///
  /// - Parameters:
  ///   - file: The file; its contents decide how it is read.
  ///   - columns: The numeric columns wanted, as for a table without labels; empty for all but that of
  ///     the labels.
  ///   - label: The column of the labels, by name or by number from 1.
  /// - Returns: At least one row, and its labels; every value finite; texts safe to show.
  /// - Throws: ``DataFileError`` naming the file, the line and what was expected.
  public func table(
    file: String, columns: [String], label: String
  ) throws(DataFileError) -> (table: DataTable, labels: [String]) {
    let bytes = try bytes(of: file)
    guard DataFile.isText(bytes, file: file), !bytes.isEmpty else {
      return try DataFile.table(bytes, file: file, columns: columns, limits: limits)
        .apart(from: DataFile.table(bytes, file: file, columns: [label], limits: limits))
    }
    return try DelimitedTable.parse(
      bytes, file: file, columns: columns, label: label, limits: limits)
  }

  private func bytes(of file: String) throws(DataFileError) -> [UInt8] {
    let path = folder.isEmpty || file.hasPrefix("/") ? file : "\(folder)/\(file)"
    do throws(FileError) {
      var isText: Bool?
      return try OpenFile(reading: path).readUnpacked(limit: limits.bytes) { piece in
        let refusesNUL = isText ?? DataFile.isText(Array(piece.prefix(16)), file: file)
        isText = refusesNUL
        return refusesNUL && OpenFile.holdsNUL(piece) ? DataFile.notText : nil
      }
    } catch {
      throw DataFileError(file: file, message: error.reason)
    }
  }

  /// Reads an npy array of one or two dimensions from the bytes of a file.
  ///
  /// - Returns: Its columns as c1, c2, ...; NaN where it has no value. Nil for bytes of another format.
  /// - Throws: ``DataFileError`` for any other kind of array, a damaged file, and infinite values.
  package static func array(
    _ bytes: [UInt8], file: String, limits: Limits
  ) throws(DataFileError) -> DataTable? {
    guard bytes.starts(with: NpyFile.magic) else { return nil }
    return try NpyFile.parse(
      bytes, file: file, columns: [], limits: limits, keepsMissing: true)
  }

  /// Reads numeric columns from the bytes of a file.
  static func table(
    _ bytes: [UInt8], file: String, columns: [String], limits: Limits
  ) throws(DataFileError) -> DataTable {
    if bytes.starts(with: NpyFile.magic) {
      return try NpyFile.parse(bytes, file: file, columns: columns, limits: limits)
    }
    if IdxFile.isIdx(bytes) {
      return try IdxFile.parse(bytes, file: file, columns: columns, limits: limits)
    }
    if bytes.isEmpty { throw DataFileError(file: file, message: "the file is empty") }
    if let problem = binaryKind(of: bytes, file: file) {
      throw DataFileError(file: file, message: problem)
    }
    guard !bytes.prefix(4096).contains(0) else {
      throw DataFileError(file: file, message: notText)
    }
    return try DelimitedTable.parse(bytes, file: file, columns: columns, limits: limits)
  }

  /// Whether a file can only be a table in text, by its first bytes and its name.
  ///
  /// Text holds no NUL; UTF-16 and most binary files do.
  private static func isText(_ start: [UInt8], file: String) -> Bool {
    !start.starts(with: NpyFile.magic) && !IdxFile.isIdx(start)
      && binaryKind(of: start, file: file) == nil
  }

  /// What bytes are that are certainly neither an array nor a table in text.
  private static func binaryKind(of bytes: [UInt8], file: String) -> String? {
    if bytes.starts(with: [0x1F, 0x8B]) {
      return "compressed with gzip twice; unpack it first, with gunzip"
    }
    if bytes.starts(with: Array("PK".utf8) + [3, 4]) {
      return "a zip archive (npz or a spreadsheet?); expected CSV, npy or IDX"
    }
    return file.hasSuffix(".npy") ? "not an npy file, though its name says so" : nil
  }
}
