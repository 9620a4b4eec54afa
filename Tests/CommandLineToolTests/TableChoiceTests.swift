import ScoreTables
import TestSupport
import Testing
import Workbench

@testable import CommandLineTool

/// The table that the workbench is opened on: with the schema that is kept for it, or a guessed one.
@Suite struct TableChoiceTests {
  private func message(_ work: () throws -> Void) -> String {
    do {
      try work()
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test(
    "A schema is kept next to its table, under its name",
    arguments: [
      ("a/b.csv", "a/b.schema.yaml"), ("B.CSV", "B.schema.yaml"), ("b.csv.gz", "b.schema.yaml"),
      ("b.tsv", "b.schema.yaml"), ("table", "table.schema.yaml"),
    ])
  func name(file: String, schema: String) {
    #expect(TableChoice.schemaPath(of: file) == schema)
  }

  @Test("Without a schema it is guessed, and the one that is there is taken; nothing is written")
  func open() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("x,k\n1.5,a\n2,b\n3,a\n", to: "t.csv")
    let guessed = try TableChoice.open(file, schema: nil)
    #expect(guessed.schema.columns.map(\.kind) == [.numeric, .binary])
    #expect(folder.contents == ["t.csv"])
    var schema = guessed.schema
    schema.columns[0].role = .ignored
    try folder.write(schema.yaml, to: "t.schema.yaml")
    #expect(try TableChoice.open(file, schema: nil).schema.columns[0].role == .ignored)
  }

  @Test("A schema of another table, the table itself as one, and no table are refused in a line")
  func refusals() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("x,k\n1.5,a\n2,b\n3,a\n", to: "t.csv")
    let other = try folder.write(
      "columns:\n  - name: z\n    kind: numeric\n    range: [0, 1]\n", to: "o.yaml")
    #expect(
      message { _ = try TableChoice.open(file, schema: other) }.contains(
        "no column \"z\"; the columns are x, k"))
    #expect(
      message { _ = try TableChoice.open(file, schema: file) }.contains("would be replaced"))
    #expect(
      message { _ = try TableChoice.open(folder.path + "/none.csv", schema: nil) }.contains(
        "No such file"))
    #expect(
      message { _ = try TableChoice.open(file, schema: folder.path + "/no/s.yaml") }.contains(
        "No such file"))
  }
}
