public import ScoreCore

/// A sample in a file, and beside it the configuration it came from.
public struct SampleFile: Sendable {
  /// Where the sample goes; its ending is that of the format.
  public let path: String
  public let format: TableFormat

  /// Where the configuration goes.
  ///
  /// The sample's ending stays in the name, so that `moons.csv` never replaces a `moons.yaml`.
  public var configurationPath: String { path + ".yaml" }

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
    try FileWriter.check(path)
    try FileWriter.check(configurationPath)
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
    var sample = try PendingFile(path)
    var beside = try PendingFile(configurationPath)
    try beside.append(Array(configuration.utf8))
    for piece in format.pieces(of: table) {
      guard !isCancelled() else { return false }
      try sample.append(piece)
    }
    try sample.synchronize()
    try beside.synchronize()
    guard !isCancelled() else { return false }
    try beside.commit()
    try sample.commit()
    return true
  }
}
