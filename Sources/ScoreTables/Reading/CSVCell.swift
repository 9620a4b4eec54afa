import ScoreLab

/// Cells of CSV as this module's reader takes them back.
enum CSVCell {
  /// A text as one cell; in quotes where it would be cut, or taken for a missing value.
  static func quoted(_ text: String) -> String {
    let cell = CSVText.line([text])
    return cell == text && MissingText.matches(text) ? "\"\(text)\"" : cell
  }

  /// A line with its end.
  static func line(_ cells: [String]) -> String { cells.joined(separator: ",") + "\n" }
}
