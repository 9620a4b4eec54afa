/// Lines of CSV, as ``DataFile`` and other programs read them.
public enum CSVText {
  /// Cells as one line without its end; a cell that a reader would cut is quoted.
  public static func line(_ cells: [String]) -> String {
    cells.map(quoted).joined(separator: ",")
  }

  /// The cells of every row of a small file, as text.
  ///
  /// - Throws: ``DataFileError`` for a quote that does not end, or text behind one.
  package static func rows(_ text: String, file: String) throws(DataFileError) -> [[String]] {
    var reader = DelimitedReader(Array(text.utf8), file: file)
    var cells: [DelimitedReader.Cell] = []
    var rows: [[String]] = []
    while try reader.nextRow(into: &cells) != nil { rows.append(cells.map { reader.text($0) }) }
    return rows
  }

  private static func quoted(_ cell: String) -> String {
    // A reader that guesses the separator from the first line may take these for one.
    guard cell.contains(where: { ",;\t\"\r\n".contains($0) }) else { return cell }
    let parts = cell.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + parts.joined(separator: "\"\"") + "\""
  }
}
