package import ScoreTables

/// A table of somebody's own with its schema, which is written to its file with every change.
package struct OpenTable: Sendable {
  package let raw: RawTable
  /// Where the schema is kept.
  package let path: String
  /// The schema that was there when the table was opened.
  let start: TableSchema
  package private(set) var schema: TableSchema
  /// What a reader should know of columns; safe to show.
  let notes: [String]
  /// The schemas before the changes that were made, and those that were taken back.
  private(set) var earlier: [TableSchema] = []
  private(set) var later: [TableSchema] = []

  /// - Parameters:
  ///   - raw: The table.
  ///   - schema: A schema that describes it.
  ///   - notes: What a reader should know of its columns.
  ///   - path: The file that the schema is kept in.
  package init(_ raw: RawTable, schema: TableSchema, notes: [String] = [], path: String) {
    (self.raw, self.schema, start, self.notes, self.path) = (raw, schema, schema, notes, path)
  }

  /// Changes a value of a column, and what follows from it.
  ///
  /// - Returns: Whether anything changed.
  /// - Throws: ``TableError`` with what is allowed.
  mutating func set(_ key: String, ofColumn index: Int, to text: String) throws(TableError) -> Bool
  {
    let changed = try schema.setting(key, ofColumn: index, to: text, in: raw)
    guard changed != schema else { return false }
    earlier.append(schema)
    later = []
    schema = changed
    return true
  }

  mutating func undo() {
    guard let before = earlier.popLast() else { return }
    later.append(schema)
    schema = before
  }

  mutating func redo() {
    guard let next = later.popLast() else { return }
    earlier.append(schema)
    schema = next
  }
}
