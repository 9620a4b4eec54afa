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
