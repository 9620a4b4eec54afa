import CNcurses
import TermPlot

/// Puts the rows of a canvas into an ncurses window.
@MainActor struct RowPainter {
  private var styles: StyleCache
  private let isUTF8: Bool
  /// One row as ncurses takes it.
  private var row: [cchar_t] = []

  init(capabilities: TerminalCapabilities) {
    styles = StyleCache(capabilities: capabilities)
    isUTF8 = capabilities.isUTF8
  }

  /// Takes the colours of a theme.
  ///
  /// - Returns: Whether they are others than before, so that every row must be painted.
  mutating func adopt(_ theme: Theme) -> Bool { styles.adopt(theme) }

  mutating func resize(columns: Int) {
    row = Array(repeating: cchar_t(), count: columns)
  }

  /// Paints the rows that differ from what the window holds.
  ///
  /// - Parameters:
  ///   - canvas: What to show.
  ///   - previous: What the window holds, of the same size; nil when that is unknown.
  ///   - window: The window, at least of that size.
  mutating func paint(
    _ canvas: Canvas, over previous: Canvas?, in window: UnsafeMutablePointer<WINDOW>
  ) {
    let columns = canvas.size.columns
    guard columns > 0, columns <= row.count else { return }
    canvas.cells.withUnsafeBufferPointer { cells in
      for y in 0..<canvas.size.rows {
        let line = UnsafeBufferPointer(rebasing: cells[y * columns..<(y + 1) * columns])
        if let previous, isSame(line, as: previous, from: y * columns) { continue }
        fillRow(with: line)
        mvwadd_wchnstr(window, Int32(y), 0, row, Int32(columns))
      }
    }
  }

  private mutating func fillRow(with line: UnsafeBufferPointer<Cell>) {
    for x in line.indices {
      let look = styles.look(of: line[x])
      let character = Glyphs.character(for: line[x].glyph, isUTF8: isUTF8)
      sc_set_cell(&row[x], character, look.attributes, look.pair)
    }
  }

  private func isSame(
    _ line: UnsafeBufferPointer<Cell>, as previous: Canvas, from start: Int
  ) -> Bool {
    previous.cells.withUnsafeBufferPointer { old in
      for x in line.indices where line[x] != old[start + x] { return false }
      return true
    }
  }
}
