import OutsideText
import ScoreLab
import ScoreTables
package import Workbench

/// The table that the workbench is opened on.
package enum TableChoice {
  /// Reads a table with the schema that is kept for it, or guesses one.
  ///
  /// - Parameters:
  ///   - file: The table.
  ///   - schema: The schema's file, which need not exist; nil for the table's name with another ending.
  /// - Returns: The table as the workbench shows it.
  /// - Throws: What is wrong with the table or the schema, or why the schema could not be written.
  package static func open(_ file: String, schema: String?) throws -> OpenTable {
    let path = schema ?? schemaPath(of: file)
    if let there = FileName.resolved(path), there == FileName.resolved(file) {
      throw Failure.Usage("\(SafeText.sanitized(path)) would be replaced; it is read.")
    }
    try FileWriter.check(path)
    let raw = try RawTable.read(file: file)
    guard FileReader.exists(path) else {
      let guess = SchemaGuess(raw)
      return OpenTable(raw, schema: guess.schema, notes: guess.notes, path: path)
    }
    let known = try TableSchema.read(file: path)
    // A schema of another table is told from this one before the screen opens.
    _ = try Table(raw, schema: known)
    return OpenTable(raw, schema: known, path: path)
  }

  /// The table's name with `.schema.yaml` in place of its ending.
  static func schemaPath(of file: String) -> String {
    let endings = [".csv.gz", ".csv", ".tsv", ".txt", ".npy"]
    let ending = endings.first { file.lowercased().hasSuffix($0) } ?? ""
    return String(file.dropLast(ending.count)) + ".schema.yaml"
  }
}
