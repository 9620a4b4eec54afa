/// A value of a YAML text with the line and column that it begins at.
public struct YAMLNode: Sendable, Equatable {
  public enum Content: Sendable, Equatable {
    /// Text, and whether it stands there without quotes and without a tag.
    case scalar(String, isPlain: Bool)
    case list([YAMLNode])
    /// Keys and values in the order of the text; no key is there twice.
    case map([Entry])
  }

  /// A key of a map and its value.
  public struct Entry: Sendable, Equatable {
    public var key: String
    public var line: Int?
    /// The column of the key.
    public var column: Int?
    public var value: YAMLNode

    public init(key: String, line: Int? = nil, column: Int? = nil, value: YAMLNode) {
      self.key = key
      self.line = line
      self.column = column
      self.value = value
    }
  }

  public var content: Content
  /// The line counted from 1; nil when the value did not come from a file.
  public var line: Int?
  /// The column counted from 1, in Unicode scalars, of the first quote or character; that of a tag or
  /// an anchor in front of it.
  public var column: Int?

  public init(content: Content, line: Int? = nil, column: Int? = nil) {
    self.content = content
    self.line = line
    self.column = column
  }
}
