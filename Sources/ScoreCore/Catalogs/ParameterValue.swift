import NumberFormatting

/// A value of a catalog member's configuration, free of any file format.
public indirect enum ParameterValue: Sendable, Equatable {
  case number(Double)
  case flag(Bool)
  case text(String)
  case list([ParameterValue])
  case map([String: ParameterValue])
}

extension ParameterValue {
  /// The value as an error message names it; long text is cut.
  public var found: String {
    switch self {
    case .number(let number): NumberText.exact(number)
    case .flag(let flag): flag ? "true" : "false"
    case .text(let text): text.count > 40 ? "\"\(text.prefix(40))...\"" : "\"\(text)\""
    case .list(let items): items.isEmpty ? "an empty list" : "a list of \(items.count)"
    case .map: "a map"
    }
  }
}

/// What is wrong with a parameter, and where in the nested value it stands.
public struct ParameterError: Error, Equatable, CustomStringConvertible {
  /// Keys, and positions in lists counted from 1, from the member's own map down.
  ///
  /// For example `["components", "2", "weight"]`.
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

  /// The same error as seen from outside a part that has this name.
  package func under(_ name: String) -> ParameterError {
    ParameterError(path: [name] + path, message: message)
  }

  /// Does what may go wrong within a part that has this name, which errors then begin with.
  ///
  /// - Parameters:
  ///   - name: A key, such as `distribution`.
  ///   - body: What is done there.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws; a ``ParameterError`` with the name in front of its path.
  package static func naming<Result>(
    _ name: String, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as ParameterError {
      throw error.under(name)
    }
  }
}
