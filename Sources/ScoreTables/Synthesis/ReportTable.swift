/// Cells as aligned lines of plain text.
enum ReportTable {
  /// The first column starts at the left, the others end at the right, two blanks apart.
  static func lines(_ rows: [[String]]) -> [String] {
    let widths = rows[0].indices.map { place in rows.map { $0[place].count }.max() ?? 0 }
    return rows.map { row in
      row.indices.map { place in
        let padding = String(repeating: " ", count: widths[place] - row[place].count)
        return place == 0 ? row[place] + padding : padding + row[place]
      }.joined(separator: "  ")
    }
  }
}
