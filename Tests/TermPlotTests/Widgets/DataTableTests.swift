import Testing

@testable import TermPlot

@Suite struct DataTableTests {
  private static let table = DataTable(
    columns: ["candidate", "L2^2", "mean empirical gap"],
    rows: [["mixture", "9.991", "9.87"], ["ramp", "284.1", "281"]], marks: .ascii)

  private func lines(_ table: DataTable, _ columns: Int, _ rows: Int) -> [String] {
    var canvas = Canvas(size: Size(columns: columns, rows: rows))
    table.draw(into: &canvas, in: canvas.bounds)
    return canvas.lines.map { String($0.reversed().drop { $0 == " " }.reversed()) }
  }

  @Test("Heads wrap, the first column is flush left and numbers are flush right")
  func whole() {
    #expect(
      lines(Self.table, 40, 6) == [
        "candidate   L2^2       mean", "                  empirical",
        "                        gap", "mixture    9.991       9.87",
        "ramp       284.1        281", "",
      ])
  }

  @Test("Columns that do not fit are reported by an arrow and reached by scrolling")
  func columns() {
    let narrow = lines(Self.table, 20, 6)
    #expect(narrow[0].hasSuffix(">") && !narrow.joined().contains("gap"))
    var scrolled = Self.table
    scrolled.columnScroll = 1
    let moved = lines(scrolled, 24, 6)
    #expect(moved[0].contains("<") && moved.joined().contains("gap"))
    #expect(!moved.joined().contains("L2^2") && moved.joined().contains("mixture"))
    #expect(Self.table.maximumColumnScroll == 1)
  }

  @Test("Rows beyond the area are reached by scrolling, and too far is the end")
  func rows() {
    var table = Self.table
    table.rows = (0..<20).map { ["row \($0)", "\($0)", "0"] }
    let area = Rect(x: 0, y: 0, width: 40, height: 8)
    #expect(table.maximumScroll(in: area) == 15)
    table.scroll = 99
    #expect(lines(table, 40, 8).last?.hasPrefix("row 19") == true)
    table.scroll = 0
    #expect(lines(table, 40, 8)[3].hasPrefix("row 0"))
  }

  @Test("A block of text scrolls to its last line and no further")
  func textBlock() {
    var block = TextBlock((0..<9).map { .init("line \($0)") }, scroll: 50, marks: .ascii)
    var canvas = Canvas(size: Size(columns: 12, rows: 4))
    block.draw(into: &canvas, in: canvas.bounds)
    #expect(canvas.lines[3].hasPrefix("line 8") && canvas.lines[0].hasSuffix("^"))
    #expect(block.maximumScroll(height: 4) == 5)
    block.scroll = 0
    block.draw(into: &canvas, in: canvas.bounds)
    #expect(canvas.lines[0].hasPrefix("line 0") && canvas.lines[3].hasSuffix("v"))
  }
}
