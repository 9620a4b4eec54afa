public import ScoreCore

/// A sample in a file, and next to it the configuration it came from.
public struct SampleFile: Sendable {
  /// Where the sample goes; its ending is that of the format.
  public let path: String
  public let format: TableFormat

  /// Where the configuration goes.
  public var configurationPath: String { file.configurationPath }

  private var file: FileWithOrigin { FileWithOrigin(path: path) }

  /// Names the files; nil if the ending is that of no format.
  public init?(path: String) {
    guard let format = TableFormat(file: path) else { return nil }
    self.path = path
    self.format = format
  }

  /// Finds out whether both files could be written, and leaves nothing behind.
  ///
  /// - Throws: ``FileError`` for the first that could not.
  public func check() throws(FileError) {
    try file.check()
  }

  /// Starts writing both files under temporary names.
  ///
  /// - Parameters:
  ///   - names: A name a column.
  ///   - rows: How many rows there will be.
  ///   - configuration: The text of the configuration.
  /// - Returns: What takes the rows.
  /// - Throws: ``FileError``.
  public func writing(
    names: [String], rows: Int, configuration: String
  ) throws(FileError) -> Writing {
    try Writing(self, names: names, rows: rows, configuration: configuration)
  }

  /// A sample on its way into its file, block by block; dropped, it leaves nothing behind.
  public struct Writing: ~Copyable {
    private var files: FileWithOrigin.Writing
    private let format: TableFormat
    private var rowsLeft: Int

    fileprivate init(
      _ names: SampleFile, names columns: [String], rows: Int, configuration: String
    ) throws(FileError) {
      let files = try FileWithOrigin.Writing(names.file, configuration: configuration)
      try files.append(names.format.header(names: columns, rows: rows))
      self.files = files
      format = names.format
      rowsLeft = rows
    }

    /// Writes rows behind those written before.
    ///
    /// - Parameters:
    ///   - rows: The rows.
    ///   - classes: Their classes, where the last of the names is that of the class.
    ///   - isCancelled: Whether to stop.
    /// - Returns: False if it was cancelled.
    /// - Throws: ``FileError``; old files are untouched then.
    public mutating func append(
      _ rows: Points, classes: SampleClasses? = nil, isCancelled: () -> Bool = { false }
    ) throws(FileError) -> Bool {
      rowsLeft -= rows.count
      for piece in format.pieces(of: rows, classes: classes) {
        guard !isCancelled() else { return false }
        try files.append(piece)
      }
      return true
    }

    /// Gives both files their names.
    ///
    /// - Returns: False if it was cancelled; then nothing was written.
    /// - Throws: ``FileError``; old files are untouched then, unless it was the last move of two
    ///   that failed.
    /// - Precondition: As many rows were written as were announced.
    public mutating func commit(isCancelled: () -> Bool = { false }) throws(FileError) -> Bool {
      precondition(rowsLeft == 0, "The header says how many rows there are.")
      return try files.commit(isCancelled: isCancelled)
    }
  }
}
