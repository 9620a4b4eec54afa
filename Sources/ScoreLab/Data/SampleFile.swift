public import ScoreCore

/// A sample in a file, and beside it the configuration it came from.
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

  /// Writes both files, or neither.
  ///
  /// - Parameters:
  ///   - table: The sample.
  ///   - configuration: The text of the configuration.
  ///   - isCancelled: Asked now and then whether to stop.
  /// - Returns: False if it was cancelled; then nothing was written.
  /// - Throws: ``FileError``; old files are untouched then, unless it was the last move of two that
  ///   failed.
  public func write(
    _ table: DataTable, configuration: String, isCancelled: () -> Bool = { false }
  ) throws(FileError) -> Bool {
    try file.write(
      format.pieces(of: table), configuration: configuration, isCancelled: isCancelled)
  }
}
