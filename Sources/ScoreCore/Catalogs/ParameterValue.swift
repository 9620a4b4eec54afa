/// A value of a catalog member's configuration, free of any file format.
public indirect enum ParameterValue: Sendable, Equatable {
  case number(Double)
  case flag(Bool)
  case text(String)
  case list([ParameterValue])
  case map([String: ParameterValue])
}

/// What is wrong with a parameter, and where in the nested value it stands.
public struct ParameterError: Error, Equatable, CustomStringConvertible {
  /// Keys and 0-based indices from the member's own map down.
  ///
  /// For example `["components", "1", "weight"]`.
  public var path: [String]
  /// One sentence that says what is allowed.
  public var message: String

  public init(path: [String], message: String) {
    self.path = path
    self.message = message
  }

  public var description: String {
    path.isEmpty ? message : "\(path.joined(separator: ".")): \(message)"
  }
}
