import Testing

@testable import TermPlot

@Suite struct DotGridTests {
  private func grid(_ columns: Int, _ rows: Int, _ marks: Marks) -> DotGrid {
    DotGrid(size: Size(columns: columns, rows: rows), marks: marks)
  }

  private func cells(_ grid: DotGrid) -> Canvas {
    var canvas = Canvas(size: grid.size)
    grid.flush(into: &canvas, in: canvas.bounds)
    return canvas
  }

  @Test("A braille cell is the character that Unicode names for its dots")
  func brailleMatchesUnicodeNames() {
    // Dot numbers by place: the left column is 1 2 3 7, the right one 4 5 6 8.
    let numbers = [["1", "4"], ["2", "5"], ["3", "6"], ["7", "8"]]
    for pattern in 1..<256 {
      var grid = grid(1, 1, .braille)
      var dots: [String] = []
      for (y, row) in numbers.enumerated() {
        for (x, number) in row.enumerated() where pattern >> (2 * y + x) & 1 == 1 {
          grid.plot(x: x, y: y, pen: Pen(.learned))
          dots.append(number)
        }
      }
      let name = "BRAILLE PATTERN DOTS-" + dots.sorted().joined()
      #expect(cells(grid)[0, 0].glyph.properties.name == name)
    }
  }

  @Test("The last dot gives a braille cell its colour")
  func lastInkWins() {
    var grid = grid(2, 1, .braille)
    grid.plot(x: 0, y: 0, pen: Pen(.trajectory))
    grid.plot(x: 1, y: 3, pen: Pen(.learned))
    grid.plot(x: 2, y: 0, pen: Pen(.trajectory))
    #expect(cells(grid)[0, 0].style.foreground == .role(.learned))
    #expect(cells(grid)[1, 0].style.foreground == .role(.trajectory))
  }

  @Test("A half-block cell shows both of its colours")
  func halfBlocks() {
    var grid = grid(4, 1, .halfBlock)
    grid.plot(x: 0, y: 0, pen: Pen(.exact))
    grid.plot(x: 1, y: 1, pen: Pen(.exact))
    for x in 2...3 { grid.plot(x: x, y: 0, pen: Pen(.exact)) }
    grid.plot(x: 2, y: 1, pen: Pen(.exact))
    grid.plot(x: 3, y: 1, pen: Pen(.l2))
    let canvas = cells(grid)
    #expect(canvas.lines == ["▀▄█▀"])
    #expect(canvas[1, 0].style == Style(.exact))
    #expect(canvas[3, 0].style == Style(.exact, on: .l2))
  }

  @Test("ASCII shows which half is set, or the glyph of the pen")
  func ascii() {
    var grid = grid(4, 1, .ascii)
    grid.plot(x: 0, y: 0, pen: Pen(.exact))
    grid.plot(x: 1, y: 1, pen: Pen(.exact))
    for y in 0...1 { grid.plot(x: 2, y: y, pen: Pen(.exact)) }
    grid.plot(x: 3, y: 0, pen: Pen(.exact, ascii: "o"))
    #expect(cells(grid).lines == ["'.:o"])
  }

  @Test("A line is connected, has its ends, and stays within a dot of the straight one")
  func linesAreStraight() throws {
    var random = TestRandom(seed: 9)
    for _ in 0..<100 {
      let ends = (0..<4).map { _ in (random.uniform() * 15).rounded() }
      var grid = grid(16, 8, .halfBlock)
      let (start, end) = (DotPoint(x: ends[0], y: ends[1]), DotPoint(x: ends[2], y: ends[3]))
      grid.line(from: start, to: end, pen: Pen(.exact))
      let dots = dots(of: grid)
      let (dx, dy) = (end.x - start.x, end.y - start.y)
      #expect(dots.count == Int(max(abs(dx), abs(dy))) + 1)
      #expect(dots.contains { $0 == (Int(start.x), Int(start.y)) })
      #expect(dots.contains { $0 == (Int(end.x), Int(end.y)) })
      for dot in dots {
        let cross = (Double(dot.x) - start.x) * dy - (Double(dot.y) - start.y) * dx
        // Bresenham is within half a dot along the minor axis.
        #expect(abs(cross) <= 0.5 * max(abs(dx), abs(dy)) + 1e-9)
      }
    }
  }

  private func dots(of grid: DotGrid) -> [(x: Int, y: Int)] {
    var dots: [(x: Int, y: Int)] = []
    let canvas = cells(grid)
    for y in 0..<canvas.size.rows {
      for x in 0..<canvas.size.columns {
        let glyph = canvas[x, y].glyph
        if glyph == "▀" || glyph == "█" { dots.append((x, 2 * y)) }
        if glyph == "▄" || glyph == "█" { dots.append((x, 2 * y + 1)) }
      }
    }
    return dots
  }

  @Test("A line that leaves the grid is cut where it leaves")
  func linesAreCut() {
    var cut = grid(8, 4, .braille)
    cut.line(
      from: DotPoint(x: -1e6, y: -1e6), to: DotPoint(x: 1e6, y: 1e6), pen: Pen(.exact))
    var whole = grid(8, 4, .braille)
    whole.line(from: DotPoint(x: 0, y: 0), to: DotPoint(x: 15, y: 15), pen: Pen(.exact))
    #expect(cells(cut) == cells(whole))
  }

  @Test("What is not finite or far outside is not drawn", arguments: Marks.allCases)
  func hostilePoints(marks: Marks) {
    let values: [Double] = [.nan, .infinity, -.infinity, 1e300, -1e300, 3]
    var grid = grid(4, 2, marks)
    for x in values {
      for y in values where x != 3 || y != 3 {
        grid.plot(at: DotPoint(x: x, y: y), pen: Pen(.exact))
        grid.line(
          from: DotPoint(x: x, y: y), to: DotPoint(x: x, y: .nan), pen: Pen(.exact))
      }
    }
    for x in [Int.min, -1, 4 * 2, Int.max] { grid.plot(x: x, y: x, pen: Pen(.exact)) }
    #expect(cells(grid).cells.allSatisfy { $0 == .blank })
  }

  @Test("Dots over a filled cell keep its colour as their background")
  func dotsKeepFill() {
    var grid = grid(1, 1, .braille)
    grid.plot(x: 0, y: 0, pen: Pen(.exact))
    var canvas = Canvas(size: Size(columns: 1, rows: 1))
    canvas[0, 0] = Cell("█", Style(.learned))
    grid.flush(into: &canvas, in: canvas.bounds)
    #expect(canvas[0, 0] == Cell("⠁", Style(.exact, on: .learned)))
  }
}
