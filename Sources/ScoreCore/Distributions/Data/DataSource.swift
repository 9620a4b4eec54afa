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

  /// Reads numeric columns of a file and, apart from them, one of labels.
  ///
  /// - Parameters:
  ///   - file: The file's name, as the configuration gives it.
  ///   - columns: The numeric columns wanted; empty for all but that of the labels.
  ///   - label: The column of the labels, of numbers or texts.
  /// - Returns: The columns, without that of the labels, and a label a row, safe to show.
  /// - Throws: Whatever says best why the file or a column cannot be read.
  func table(
    file: String, columns: [String], label: String
  ) throws -> (table: DataTable, labels: [String])
}

extension DataSource {
  /// Takes the labels from a numeric column, for sources without texts.
  public func table(
    file: String, columns: [String], label: String
  ) throws -> (table: DataTable, labels: [String]) {
    try table(file: file, columns: columns).apart(from: table(file: file, columns: [label]))
  }
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

  /// The table without a column of labels, and the labels.
  ///
  /// - Parameter column: The one column, with the rows of the table.
  /// - Returns: The other columns, all where it is the only one, and whole numbers without a point.
  package func apart(from column: DataTable) -> (table: DataTable, labels: [String]) {
    let labels = column.points.column(0).map { Int(exactly: $0).map { "\($0)" } ?? "\($0)" }
    return (removing(columns: column.names), labels)
  }
}
