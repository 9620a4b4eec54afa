/// A value of a distribution's configuration, free of any file format.
public indirect enum ParameterValue: Sendable, Equatable {
  case number(Double)
  case flag(Bool)
  case text(String)
  case list([ParameterValue])
  case map([String: ParameterValue])
}

/// What is wrong with a parameter, and where in the nested value it stands.
public struct ParameterError: Error, Equatable, CustomStringConvertible {
  /// Keys and 0-based indices from the distribution's own map down.
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

/// One parameter of a distribution as forms, help and the configuration reader see it.
public struct ParameterDescription: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// A number within a closed range.
    case number(default: Double, range: ClosedRange<Double>)
    case integer(default: Int, range: ClosedRange<Int>)
    case flag(default: Bool)
    /// Text such as a file name; nil means it must be given.
    case text(default: String?)
    /// A list or map that the distribution reads itself.
    case structured
  }

  public var name: String
  public var summary: String
  public var kind: Kind

  public init(_ name: String, _ summary: String, _ kind: Kind) {
    self.name = name
    self.summary = summary
    self.kind = kind
  }
}

/// Gives distributions the tables that live in files; ScoreCore itself opens none.
public protocol DataSource: Sendable {
  /// Reads numeric columns of a file.
  ///
  /// - Parameters:
  ///   - file: The file's name, as the configuration gives it.
  ///   - columns: The columns wanted, by name and in this order; empty for all.
  /// - Returns: The columns, at least one.
  /// - Throws: Whatever says best why the file or a column cannot be read.
  func table(file: String, columns: [String]) throws -> DataTable
}

/// Named numeric columns.
public struct DataTable: Sendable, Equatable {
  public var names: [String]
  public var points: Points

  public init(names: [String], points: Points) {
    precondition(names.count == points.dimension, "One name a column.")
    self.names = names
    self.points = points
  }
}

/// The checked parameters of one distribution, by name.
public struct DistributionParameters: Sendable {
  public let values: [String: ParameterValue]

  /// Checks values against descriptions: unknown names, types and ranges.
  ///
  /// - Throws: ``ParameterError`` naming the parameter and what is allowed.
  public init(
    _ values: [String: ParameterValue], describedBy descriptions: [ParameterDescription]
  ) throws(ParameterError) {
    var checked: [String: ParameterValue] = [:]
    for name in values.keys.sorted() where !descriptions.contains(where: { $0.name == name }) {
      let known = (["kind"] + descriptions.map(\.name)).joined(separator: ", ")
      throw ParameterError(
        path: [name], message: "unknown key \"\(name)\"; allowed here: \(known)")
    }
    for description in descriptions {
      checked[description.name] = try DistributionParameters.check(
        values[description.name], against: description)
    }
    self.values = checked
  }

  private static func check(
    _ value: ParameterValue?, against description: ParameterDescription
  ) throws(ParameterError) -> ParameterValue? {
    func failure(_ expected: String) -> ParameterError {
      ParameterError(path: [description.name], message: "expected \(expected)")
    }
    switch (description.kind, value) {
    case (.number(let standard, _), nil): return .number(standard)
    case (.integer(let standard, _), nil): return .number(Double(standard))
    case (.flag(let standard), nil): return .flag(standard)
    case (.text(let standard), nil):
      guard let standard else {
        throw ParameterError(
          path: [description.name], message: "\"\(description.name)\" must be given")
      }
      return .text(standard)
    case (.structured, _): return value
    case (.number(_, let range), .number(let x)?) where range.contains(x): return value
    case (.number(_, let range), _):
      throw failure("a number from \(range.lowerBound) to \(range.upperBound)")
    case (.integer(_, let range), .number(let x)?)
    where x == x.rounded() && Double(range.lowerBound) <= x && x <= Double(range.upperBound):
      return value
    case (.integer(_, let range), _):
      throw failure("a whole number from \(range.lowerBound) to \(range.upperBound)")
    case (.flag, .flag?): return value
    case (.flag, _): throw failure("true or false")
    case (.text, .text?): return value
    case (.text, _): throw failure("text")
    }
  }

  /// A numeric parameter that is described as a number or an integer.
  public func number(_ name: String) -> Double {
    guard case .number(let value)? = values[name] else {
      preconditionFailure("\(name) is not described as a number.")
    }
    return value
  }

  public func integer(_ name: String) -> Int { Int(number(name)) }

  public func flag(_ name: String) -> Bool {
    guard case .flag(let value)? = values[name] else {
      preconditionFailure("\(name) is not described as a flag.")
    }
    return value
  }

  public func text(_ name: String) -> String {
    guard case .text(let value)? = values[name] else {
      preconditionFailure("\(name) is not described as text.")
    }
    return value
  }
}
