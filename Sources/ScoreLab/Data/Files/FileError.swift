import OutsideText

/// Why a file could not be read or written, on one line.
public struct FileError: Error, Equatable, CustomStringConvertible {
  /// The path as it was given.
  public var path: String
  /// What the system said, or which limit was met.
  public var reason: String
  /// Whether the system could not read or write what is there: its contents may be whole.
  package var isOfSystem = false

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// Two errors are the same that say the same.
  public static func == (a: FileError, b: FileError) -> Bool {
    a.path == b.path && a.reason == b.reason
  }

  public var description: String { "\(SafeText.sanitized(path, limit: 200)): \(reason)" }
}
