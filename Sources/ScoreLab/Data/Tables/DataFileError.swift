import OutsideText

/// What is wrong with a data file, and where, on one line.
public struct DataFileError: Error, Equatable, CustomStringConvertible {
  /// The file as it was named.
  public var file: String
  /// The line counted from 1, or nil when the whole file is meant.
  public var line: Int?
  /// What is wrong and what is allowed; safe to print.
  public var message: String

  public init(file: String, line: Int? = nil, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  public var description: String {
    let place = SafeText.sanitized(file, limit: 200) + (line.map { ":\($0)" } ?? "")
    return "\(place): \(message)"
  }
}
