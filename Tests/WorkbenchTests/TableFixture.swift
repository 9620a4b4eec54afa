import ScoreLab
import ScoreTables
import TermPlot

@testable import Workbench

/// The table page with a small table.
enum TableFixture {
  static let raw: RawTable = {
    let kinds = ["adelie", "gentoo"]
    let columns: [RawTable.Column] = [
      .init(
        name: "species", cells: .texts((0..<40).map { $0 % 3 == 0 ? 0 : 1 }, words: kinds)),
      .init(
        name: "mass",
        cells: .numbers((0..<40).map { $0 == 5 ? .nan : 3000 + 50.5 * Double($0) }, decimals: 1)),
      .init(name: "id", cells: .numbers((0..<40).map { Double($0) }, decimals: 0)),
    ]
    return RawTable(file: "penguins.csv", columns: columns, rowCount: 40)
  }()

  static var table: OpenTable {
    let guess = SchemaGuess(raw)
    return OpenTable(
      raw, schema: guess.schema, notes: guess.notes, path: "penguins.schema.yaml")
  }

  static func state(
    columns: Int = 80, rows: Int = 24, marks: Marks = .braille
  ) -> WorkbenchState {
    var state = WorkbenchState(
      size: Size(columns: columns, rows: rows), configuration: RunConfiguration(),
      themes: [.builtIn], marks: marks)
    state.open(table)
    return state
  }
}
