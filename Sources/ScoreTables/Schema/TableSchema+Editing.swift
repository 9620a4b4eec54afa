/// Changes of one value of a schema, each checked as a schema file is.
extension TableSchema {
  /// A key of a column with its value.
  public struct Entry: Sendable, Equatable {
    public var key: String
    /// The value as a schema file has it; empty where the file has none.
    public var text: String
    /// What it may be; nil where it is typed.
    public var choices: [String]?
  }

  /// The keys that a column can have, with their values, in the order of a schema file.
  public func entries(ofColumn index: Int) -> [Entry] {
    let column = columns[index]
    let role = Entry(
      key: "role", text: column.role.rawValue,
      choices: ColumnSchema.Role.allCases.map(\.rawValue))
    guard column.role != .ignored else { return [role] }
    let written = Self.details(of: column)
    let known = Dictionary(written.map { ($0.key, $0.value) }) { first, _ in first }
    return [role]
      + Self.keys(of: column.kind).map { key, choices in
        Entry(key: key, text: known[key] ?? "", choices: choices)
      }
  }

  private static func keys(of kind: ColumnSchema.Kind) -> [(key: String, choices: [String]?)] {
    let all: [(String, [String]?)] = [
      ("kind", ColumnSchema.Kind.allCases.map(\.rawValue)),
      ("missing", ColumnSchema.Missing.allCases.map(\.rawValue)), ("absent", nil),
    ]
    let numbers: [(String, [String]?)] = [
      ("range", nil), ("scaling", ColumnSchema.Scaling.allCases.map(\.rawValue)), ("masses", nil),
    ]
    return switch kind {
    case .categorical:
      all + [("categories", nil), ("code", ColumnSchema.Code.allCases.map(\.rawValue))]
    case .ordinal, .binary: all + [("categories", nil)]
    case .numeric: all + [("decimals", nil)] + numbers
    case .integer: all + numbers
    case .datetime: all + [("format", nil)] + numbers
    }
  }

  /// The schema with one value changed, and what follows from it: another target becomes a feature, and
  /// another kind finds its categories or its range in the cells.
  ///
  /// - Parameters:
  ///   - key: A key of ``entries(ofColumn:)``.
  ///   - index: The column.
  ///   - text: The value as a schema file has it; empty to leave the key out.
  ///   - raw: The table.
  /// - Returns: The changed schema.
  /// - Throws: ``TableError`` with what is allowed; also where a cell of the column does not fit then.
  public func setting(
    _ key: String, ofColumn index: Int, to text: String, in raw: RawTable
  ) throws(TableError) -> TableSchema {
    var result = self
    let old = columns[index]
    let source = raw.columns[try raw.place(of: old.name)]
    var column = try old.setting(key, to: text, cells: source)
    if column.role == .target {
      for other in result.columns.indices where result.columns[other].role == .target {
        result.columns[other].role = .feature
      }
    }
    if old.role == .ignored, column.role != .ignored {
      column = try old.awakened(as: column.role, from: source, rowCount: raw.rowCount)
    }
    result.columns[index] = column
    if column.role != .ignored {
      // The cells of this column, and of no other, are read with it.
      var alone = raw
      alone.columns = [source]
      _ = try Table(alone, schema: TableSchema(columns: [column]))
    }
    return result
  }
}

extension ColumnSchema {
  fileprivate func setting(
    _ key: String, to text: String, cells source: RawTable.Column
  ) throws(TableError) -> ColumnSchema {
    if key == "kind", let kind = Kind(rawValue: text) {
      return kind == self.kind ? self : try asKind(kind, of: source.cells)
    }
    if key == "role", let role = Role(rawValue: text) {
      var column = self
      column.role = role
      return column
    }
    var lines: [(key: String, value: String)] = [("role", role.rawValue)]
    lines += TableSchema.details(of: self).filter { $0.key != key }
    if !text.isEmpty { lines.append((key, text)) }
    let yaml =
      "columns:\n  - name: x\n" + lines.map { "    \($0.key): \($0.value)\n" }.joined()
    var column: ColumnSchema
    do throws(TableError) {
      column = try TableSchema(yaml: yaml, file: "").columns[0]
    } catch {
      throw TableError(file: "", column: name, message: error.message)
    }
    column.name = name
    return column
  }

  /// A column that was ignored, as it would have been guessed.
  fileprivate func awakened(
    as role: Role, from source: RawTable.Column, rowCount: Int
  ) throws(TableError) -> ColumnSchema {
    var (column, _) = SchemaGuess.guess(source, rowCount: rowCount)
    if column.role == .ignored {
      // What the guess leaves out may still be meant: texts as categories, numbers as they are.
      column.role = .feature
      let kind: Kind = if case .numbers = source.cells { .numeric } else { .categorical }
      column = try column.asKind(kind, of: source.cells)
    }
    column.role = role
    return column
  }
}
