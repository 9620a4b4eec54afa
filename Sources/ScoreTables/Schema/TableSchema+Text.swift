import NumberFormatting
import OutsideText

extension TableSchema {
  /// The schema as a table for a terminal, a line a column; all names and texts are safe to show.
  ///
  /// - Parameter raw: The table, which tells how many values are missing.
  /// - Returns: The header and the lines.
  public func lines(for raw: RawTable) -> [String] {
    var rows = [["column", "kind", "role", "missing", "values"]]
    for column in columns {
      let place = try? raw.place(of: column.name)
      let missing = place.map { raw.columns[$0].missingCount } ?? 0
      let name = SafeText.sanitized(column.name, limit: 24)
      guard column.role != .ignored else {
        rows.append([name, "-", column.role.rawValue, "\(missing)", ""])
        continue
      }
      rows.append(
        [name, column.kind.rawValue, column.role.rawValue, "\(missing)", Self.values(of: column)])
    }
    let widths = (0..<4).map { place in rows.map { $0[place].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { place in
        row[place]
          + (place < 4
            ? String(repeating: " ", count: widths[place] - row[place].count) : "")
      }
      return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
  }

  private static func values(of column: ColumnSchema) -> String {
    if column.kind.hasCategories {
      let shown = column.categories.prefix(4).map { SafeText.sanitized($0, limit: 12) }
      let more = column.categories.count > 4 ? ", ... (\(column.categories.count))" : ""
      return shown.joined(separator: ", ") + more
    }
    let ends = [column.range.lowerBound, column.range.upperBound]
    let texts = ends.map { column.format?.text($0) ?? NumberText.exact($0) }
    var words = "\(texts[0]) to \(texts[1])"
    if column.kind == .numeric, let decimals = column.decimals {
      words += ", \(NumberText.counted(decimals, "decimal"))"
    }
    guard !column.masses.isEmpty else { return words }
    return words + ", often " + column.masses.map(NumberText.exact).joined(separator: " or ")
  }
}
