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

  /// Paints the cells that differ from what the window holds.
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
        guard let previous else {
          paint(line, 0..<columns, y: y, in: window)
          continue
        }
        previous.cells.withUnsafeBufferPointer { old in
          let before = UnsafeBufferPointer(rebasing: old[y * columns..<(y + 1) * columns])
          var start = 0
          while let run = RowPainter.run(of: line, unlike: before, from: start) {
            paint(line, run, y: y, in: window)
            start = run.upperBound
          }
        }
      }
    }
  }

  private mutating func paint(
    _ line: UnsafeBufferPointer<Cell>, _ run: Range<Int>, y: Int,
    in window: UnsafeMutablePointer<WINDOW>
  ) {
    for x in run {
      let look = styles.look(of: line[x])
      let character = Glyphs.character(for: line[x].glyph, isUTF8: isUTF8)
      sc_set_cell(&row[x - run.lowerBound], character, look.attributes, look.pair)
    }
    mvwadd_wchnstr(window, Int32(y), Int32(run.lowerBound), row, Int32(run.count))
  }

  /// The next cells that differ, with those between them that are cheaper to paint than to leave
  /// out; nil when there are none.
  ///
  /// Bound to no actor and without closures, in which every cell would be checked for its thread.
  nonisolated static func run<Element: Equatable>(
    of line: UnsafeBufferPointer<Element>, unlike before: UnsafeBufferPointer<Element>,
    from start: Int
  ) -> Range<Int>? {
    let gap = 8
    var first = start
    while first < line.count, line[first] == before[first] { first += 1 }
    guard first < line.count else { return nil }
    var end = first + 1
    var x = end
    while x < line.count, x < end + gap {
      if line[x] != before[x] { end = x + 1 }
      x += 1
    }
    return first..<end
  }
}
