import OutsideText

/// Why a theme file cannot be used, in one line.
public struct ThemeError: Error, Sendable, Equatable, CustomStringConvertible {
  public var file: String
  /// Counted from 1; nil if the fault has no line.
  public var line: Int?
  /// What is wrong; safe to print.
  public var message: String

  public init(file: String, line: Int? = nil, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// The file, the line and the message, as compilers write them.
  public var description: String {
    SafeText.sanitized(file, limit: 200) + (line.map { ":\($0)" } ?? "") + ": " + message
  }
}
