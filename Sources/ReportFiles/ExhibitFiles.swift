public import ScoreClaims
public import ScoreLab

/// Single figures and tables as files, for a paper or a slide.
public enum ExhibitFiles {
  /// Writes a figure as SVG, PDF and PNG.
  ///
  /// - Parameters:
  ///   - figure: The figure.
  ///   - folder: Where to; the current folder if it is empty.
  /// - Returns: The names of the files, the same but for the ending, that no file had before.
  /// - Throws: ``FileError``; files written before are whole.
  public static func write(_ figure: Figure, to folder: String) throws(FileError) -> [String] {
    let files = [
      ("svg", FigureFile.svg(figure)), ("pdf", FigureFile.pdf(figure)),
      ("png", FigureFile.png(figure)),
    ]
    let stem = freeStem(figure.name, endings: files.map(\.0), in: folder)
    for (ending, bytes) in files {
      try FileWriter.writeAtomically(bytes, to: path("\(stem).\(ending)", in: folder))
    }
    return files.map { "\(stem).\($0.0)" }
  }

  /// Writes a table as CSV.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - folder: Where to; the current folder if it is empty.
  /// - Returns: The name of the file, which no file had before.
  /// - Throws: ``FileError``.
  public static func write(_ table: ReportTable, to folder: String) throws(FileError) -> [String] {
    let name = freeStem(table.name, endings: ["csv"], in: folder) + ".csv"
    try FileWriter.writeAtomically(table.csv, to: path(name, in: folder))
    return [name]
  }

  private static func path(_ name: String, in folder: String) -> String {
    folder.isEmpty ? name : "\(folder)/\(name)"
  }

  /// The name, or the first of name-2, name-3 and so on of which there is no file.
  private static func freeStem(_ name: String, endings: [String], in folder: String) -> String {
    var stem = name
    var count = 1
    while endings.contains(where: { FileReader.exists(path("\(stem).\($0)", in: folder)) }) {
      count += 1
      stem = "\(name)-\(count)"
    }
    return stem
  }
}
