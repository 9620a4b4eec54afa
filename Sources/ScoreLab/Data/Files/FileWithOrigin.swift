/// A file, and next to it the configuration that it came from.
struct FileWithOrigin: Sendable {
  let path: String

  /// Where the configuration goes.
  ///
  /// The file's ending stays in the name, so that `moons.csv` never replaces a `moons.yaml`.
  var configurationPath: String { path + ".yaml" }

  /// Finds out whether both files could be written, and leaves nothing behind.
  ///
  /// - Throws: ``FileError`` for the first that could not.
  func check() throws(FileError) {
    try FileWriter.check(path)
    try FileWriter.check(configurationPath)
  }

  /// Writes both files, or neither.
  ///
  /// - Parameters:
  ///   - pieces: The file's bytes.
  ///   - configuration: The text of the configuration.
  ///   - isCancelled: Asked now and then whether to stop.
  /// - Returns: False if it was cancelled; then nothing was written.
  /// - Throws: ``FileError``; old files are untouched then, unless it was the last move of two that
  ///   failed.
  func write(
    _ pieces: some Sequence<[UInt8]>, configuration: String, isCancelled: () -> Bool = { false }
  ) throws(FileError) -> Bool {
    var writing = try Writing(self, configuration: configuration)
    for piece in pieces {
      guard !isCancelled() else { return false }
      try writing.append(piece)
    }
    return try writing.commit(isCancelled: isCancelled)
  }

  /// Both files under temporary names; dropped, they leave nothing behind.
  struct Writing: ~Copyable {
    private let path: String
    private var file: PendingFile
    private var second: PendingFile

    init(_ names: FileWithOrigin, configuration: String) throws(FileError) {
      let file = try PendingFile(names.path)
      let second = try PendingFile(names.configurationPath)
      try second.append(Array(configuration.utf8))
      path = names.path
      self.file = file
      self.second = second
    }

    /// Writes bytes behind those written before.
    func append(_ bytes: [UInt8]) throws(FileError) { try file.append(bytes) }

    /// Gives both files their names.
    ///
    /// - Returns: False if it was cancelled while the disk took everything.
    mutating func commit(isCancelled: () -> Bool) throws(FileError) -> Bool {
      try file.synchronize()
      try second.synchronize()
      guard !isCancelled() else { return false }
      // Of two that write the same pair at the same time, both files are of the later one.
      let folder = OpenFile(lockingFolderOf: path)
      try second.commit()
      try file.commit()
      _ = consume folder
      return true
    }
  }
}
