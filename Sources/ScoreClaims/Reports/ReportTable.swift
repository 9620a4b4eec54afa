import ScoreLab

/// A table of a report.
public struct ReportTable: Sendable, Equatable {
  public enum Cell: Sendable, Equatable {
    case number(Double)
    case integer(Int)
    case text(String)
    /// Not measured, or without meaning here.
    case none

    /// A number, or nothing where it is not measured.
    public init(_ value: Double?) { self = value.map { .number($0) } ?? .none }

    /// The value exactly, as a CSV file has it.
    public var exactText: String {
      switch self {
      case .number(let value): value.description
      case .integer(let value): value.description
      case .text(let text): text
      case .none: ""
      }
    }
  }

  /// The stem of its file, such as `quantiles`.
  public var name: String
  public var title: String
  /// The heads of the columns, with units.
  public var columns: [String]
  /// Rows of one cell a column.
  public var rows: [[Cell]]
  /// Sample sizes, intervals and nulls.
  public var note: String

  /// - Precondition: Each row has a cell for every column.
  public init(
    _ name: String, title: String, columns: [String], rows: [[Cell]], note: String = ""
  ) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "A row has a cell a column.")
    self.name = name
    self.title = title
    self.columns = columns
    self.rows = rows
    self.note = note
  }

  /// The whole table as CSV.
  public var csv: String {
    ([columns] + rows.map { $0.map(\.exactText) }).map { CSVText.line($0) + "\n" }.joined()
  }
}
