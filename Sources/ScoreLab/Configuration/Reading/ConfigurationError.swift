import OutsideText

/// What is wrong with a configuration, where, and what is allowed, on one line.
public struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  /// The file, or another name of the origin such as `--set`.
  public var file: String
  /// The line counted from 1, or nil when the whole origin is meant.
  public var line: Int?
  /// The key, with its section: `optimizer.learning_rate`; empty when the whole file is meant.
  public var path: String
  /// What was expected and what was found.
  public var message: String

  public init(file: String, line: Int? = nil, path: String = "", message: String) {
    self.file = file
    self.line = line
    self.path = path
    self.message = message
  }

  public var description: String {
    let place = SafeText.sanitized(file, limit: 200) + (line.map { ":\($0)" } ?? "")
    return path.isEmpty ? "\(place): \(message)" : "\(place): \(path): \(message)"
  }
}
