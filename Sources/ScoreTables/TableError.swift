import OutsideText

/// What is wrong with a table or its schema, and what to do, on one line that is safe to print.
public struct TableError: Error, Equatable, CustomStringConvertible {
  /// The file as it was named; empty where there is none.
  public var file: String
  /// The line counted from 1; nil when the whole file or column is meant.
  public var line: Int?
  /// The column as the file calls it; nil when no column is meant.
  public var column: String?
  /// What is wrong and what to do.
  public var message: String

  public init(file: String, line: Int? = nil, column: String? = nil, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  public var description: String {
    let place = SafeText.sanitized(file, limit: 200) + (line.map { ":\($0)" } ?? "")
    let words = column.map { "column \"\(SafeText.sanitized($0))\": \(message)" } ?? message
    return place.isEmpty ? words : "\(place): \(words)"
  }
}
