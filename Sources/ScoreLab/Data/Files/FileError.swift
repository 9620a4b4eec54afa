import OutsideText

/// Why a file could not be read or written, on one line.
public struct FileError: Error, Equatable, CustomStringConvertible {
  /// The path as it was given.
  public var path: String
  /// What the system said, or which limit was met.
  public var reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  public var description: String { "\(SafeText.sanitized(path, limit: 200)): \(reason)" }
}
