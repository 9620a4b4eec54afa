import OutsideText

/// A table as its file has it, before anything is said of its columns.
public struct RawTable: Sendable, Equatable {
  /// The cells of a column, `[rows]`.
  public enum Cells: Sendable, Equatable {
    /// Finite numbers, NaN where there is none, and the most digits that one has behind its point.
    case numbers([Double], decimals: Int)
    /// Places in a list of distinct texts in order of appearance, -1 where there is none.
    case texts([Int32], words: [String])
  }

  /// A column with its name.
  public struct Column: Sendable, Equatable {
    /// The name as the file has it, not safe to show; never empty.
    public var name: String
    public var cells: Cells

    public init(name: String, cells: Cells) {
      self.name = name
      self.cells = cells
    }

    /// How many cells have no value.
    public var missingCount: Int {
      switch cells {
      case .numbers(let values, _): values.count { $0.isNaN }
      case .texts(let places, _): places.count { $0 < 0 }
      }
    }
  }

  /// The file as it was named.
  public var file: String
  /// The columns in the file's order, all of one length.
  public var columns: [Column]
  public var rowCount: Int
  /// The line of the first row; nil where a row may take several lines.
  var firstLine: Int?

  public init(file: String, columns: [Column], rowCount: Int) {
    self.file = file
    self.columns = columns
    self.rowCount = rowCount
  }

  /// The line that a row stands on; nil where that is not known.
  func line(ofRow row: Int) -> Int? { firstLine.map { $0 + row } }

  /// The place of a column: of the one that is called so, else of the only one that is when upper and
  /// lower case count as equal.
  ///
  /// - Throws: ``TableError`` where there is none, or more than one.
  public func place(of name: String) throws(TableError) -> Int {
    if let exact = columns.firstIndex(where: { $0.name == name }) { return exact }
    let alike = columns.indices.filter { columns[$0].name.lowercased() == name.lowercased() }
    if alike.count == 1 { return alike[0] }
    let shown = SafeText.sanitized(name)
    let list = columns.prefix(20).map { SafeText.sanitized($0.name) }.joined(separator: ", ")
    let more = columns.count > 20 ? " and \(columns.count - 20) more" : ""
    throw TableError(
      file: file,
      message: alike.isEmpty
        ? "no column \"\(shown)\"; the columns are \(list)\(more)"
        : "several columns are called \"\(shown)\" but for upper and lower case; write it as it is")
  }
}
