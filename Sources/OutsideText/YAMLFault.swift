/// Why a text is not read as YAML, on one line that is safe to show.
public struct YAMLFault: Error, Equatable {
  /// The line counted from 1; nil if the fault has none.
  public var line: Int?
  public var message: String

  init(line: Int? = nil, message: String) {
    self.line = line
    self.message = message
  }
}
