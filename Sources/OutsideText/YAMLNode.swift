/// A value of a YAML text with the line it stands on.
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
    public var value: YAMLNode

    public init(key: String, line: Int? = nil, value: YAMLNode) {
      self.key = key
      self.line = line
      self.value = value
    }
  }

  public var content: Content
  /// The line counted from 1; nil when the value did not come from a file.
  public var line: Int?

  public init(content: Content, line: Int? = nil) {
    self.content = content
    self.line = line
  }
}
