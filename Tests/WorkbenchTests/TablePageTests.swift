import ScoreTables
import TermPlot
import Testing

@testable import Workbench

/// The form of a table's schema: what is changed is checked, written and can be taken back.
@Suite struct TablePageTests {
  private func schema(_ state: WorkbenchState) throws -> TableSchema {
    try #require(state.tablePage.table).schema
  }

  @Test("A change is made, written to the schema's file, taken back and made again")
  func change() throws {
    var state = TableFixture.state()
    let before = try schema(state)
    state.selectedRow = "1.role"
    let effects = state.change("1.role", upwards: true)
    let after = try schema(state)
    #expect(after.columns[0].role == .target)
    #expect(effects == [.keepSchema(after.yaml, path: "penguins.schema.yaml")])
    #expect(try TableSchema(yaml: after.yaml, file: "f") == after)
    state.press(.character("u"))
    #expect(try schema(state) == before)
    state.press(.character("U"))
    #expect(try schema(state) == after)
  }

  @Test("What does not fit the cells is refused in a line, and nothing is written")
  func refusal() throws {
    var state = TableFixture.state()
    let before = try schema(state)
    let row = try #require(state.formRows.first { $0.field.path == "2.range" })
    #expect(state.set(row.field, to: .typed("[0, 10]")) == nil)
    #expect(state.notice?.text.contains("mass row 1 \"3000\" is outside its range") == true)
    #expect(try schema(state) == before)
    state.type(":set 2.kind=integer")
    state.press(.enter)
    #expect(state.notice?.text.contains("choose numeric") == true)
    #expect(try schema(state) == before)
  }

  @Test("The selected column is drawn: bars for its texts, a histogram for its numbers")
  func column() throws {
    var state = TableFixture.state(columns: 100, rows: 30, marks: .ascii)
    func text() -> String {
      var canvas = Canvas(size: state.size)
      Workbench.draw(state, into: &canvas)
      return canvas.lines.joined(separator: "\n")
    }
    state.selectedRow = "1.kind"
    #expect(text().contains("gentoo") && text().contains("40 values, 0 missing"))
    state.selectedRow = "2.kind"
    #expect(text().contains("39 values, 1 missing") && text().contains("rows"))
    // What the guess says of a column is in the list.
    #expect(text().contains("numbers the rows; it is ignored"))
    let words = try #require(ColumnPane().words(state)).joined()
    #expect(words.contains("39 values"))
  }

  @Test("Names with escapes are shown without them, and columns of one name stay apart")
  func names() throws {
    let columns = ["\u{1B}[31mred", "\u{1B}[32mred"].map { name in
      RawTable.Column(
        name: name, cells: .numbers((0..<10).map { 0.5 * Double($0 * $0) }, decimals: 1))
    }
    let raw = RawTable(file: "a\u{1B}b.csv", columns: columns, rowCount: 10)
    var state = TableFixture.state()
    state.tablePage.table = OpenTable(raw, schema: SchemaGuess(raw).schema, path: "s.yaml")
    var canvas = Canvas(size: state.size)
    Workbench.draw(state, into: &canvas)
    #expect(!canvas.lines.joined().unicodeScalars.contains("\u{1B}"))
    #expect(Set(state.formRows.compactMap(\.group)).count == 2)
  }

  @Test("Without a table the key says how to open one")
  func absent() throws {
    var state = try Fixture.state()
    state.tablePage.table = nil
    state.press(.character("$"))
    #expect(state.page != .table)
    #expect(state.notice?.text.contains("scorefield open --table FILE") == true)
  }
}
