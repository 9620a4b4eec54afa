import TermPlot
import Testing

@testable import CursesTerminal

@Suite struct TerminalLineTests {
  @Test("A size is never more than can be drawn, nor less than a cell")
  @MainActor func sizes() {
    #expect(TerminalLine.drawable(columns: 200, rows: 60) == Size(columns: 200, rows: 60))
    #expect(TerminalLine.drawable(columns: 65_535, rows: 1) == Size(columns: 1000, rows: 1))
    #expect(TerminalLine.drawable(columns: 1, rows: 32_768) == Size(columns: 1, rows: 500))
    #expect(TerminalLine.drawable(columns: 0, rows: -1) == Size(columns: 1, rows: 1))
  }
}
