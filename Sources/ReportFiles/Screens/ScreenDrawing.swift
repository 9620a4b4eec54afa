import TermPlot

/// A screen of cells on its way onto a picture, in a theme's colours.
///
/// Text stays text. Dots, blocks and the lines of boxes are shapes, so that they meet and look the
/// same whatever fonts there are.
struct ScreenDrawing {
  /// The size of a cell in points, and that of the font, whose letters are 0.602 of it wide.
  static let cell = (width: 8.5, height: 17.0)
  private static let fontSize = 14.0
  /// How far the baseline lies below the top of a cell.
  private static let baseline = 13.0
  /// The diameter of a braille dot.
  private static let dotDiameter = 3.0

  let screen: TermPlot.Canvas
  let theme: Theme

  /// The size of the picture in points.
  var size: (width: Double, height: Double) {
    (
      Self.cell.width * Double(max(1, screen.size.columns)),
      Self.cell.height * Double(max(1, screen.size.rows))
    )
  }

  /// What the cell at a place looks like.
  private struct Look: Equatable {
    var foreground: RGB
    var background: RGB
    var isBold: Bool
    var isDim: Bool
    var isUnderlined: Bool
  }

  func draw(on canvas: any Canvas) {
    let paper = theme.color(of: .role(.background))
    canvas.setColor(color(paper))
    canvas.fillAll()
    var dots: [(color: RGB, places: [(x: Double, y: Double)])] = []
    for row in 0..<screen.size.rows {
      let looks = (0..<screen.size.columns).map { look(of: screen[$0, row]) }
      fillBackgrounds(looks, row: row, except: paper, on: canvas)
      for column in looks.indices {
        let shape = CellShape(screen[column, row].glyph)
        draw(shape, looks[column], column: column, row: row, dots: &dots, on: canvas)
      }
      drawText(looks, row: row, on: canvas)
    }
    for (ink, places) in dots {
      canvas.setColor(color(ink))
      canvas.dots(places, diameter: Self.dotDiameter)
    }
  }

  private func look(of cell: Cell) -> Look {
    let style = cell.style
    let (ink, paper) = (theme.color(of: style.foreground), theme.color(of: style.background))
    let isReversed = style.attributes.contains(.reverse)
    return Look(
      foreground: isReversed ? paper : ink, background: isReversed ? ink : paper,
      isBold: style.attributes.contains(.bold), isDim: style.attributes.contains(.dim),
      isUnderlined: style.attributes.contains(.underline))
  }

  private func color(_ color: RGB) -> Ink.Color {
    Ink.Color(Int(color.red) << 16 | Int(color.green) << 8 | Int(color.blue))
  }

  /// The runs of a row in which neighbours agree.
  private func runs(_ count: Int, _ agree: (Int, Int) -> Bool) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for column in 0..<count {
      if let last = runs.last, last.upperBound == column, agree(column - 1, column) {
        runs[runs.count - 1] = last.lowerBound..<column + 1
      } else {
        runs.append(column..<column + 1)
      }
    }
    return runs
  }

  private func fillBackgrounds(
    _ looks: [Look], row: Int, except paper: RGB, on canvas: any Canvas
  ) {
    for run in runs(looks.count, { looks[$0].background == looks[$1].background })
    where looks[run.lowerBound].background != paper {
      canvas.setColor(color(looks[run.lowerBound].background))
      canvas.fill(
        x: Self.cell.width * Double(run.lowerBound), y: Self.cell.height * Double(row),
        width: Self.cell.width * Double(run.count), height: Self.cell.height)
    }
  }

  private func draw(
    _ shape: CellShape, _ look: Look, column: Int, row: Int,
    dots: inout [(color: RGB, places: [(x: Double, y: Double)])], on canvas: any Canvas
  ) {
    let (width, height) = Self.cell
    let (x, y) = (width * Double(column), height * Double(row))
    switch shape {
    case .text: break
    case .dots(let shares):
      let places = shares.map { (x: x + width * $0.x, y: y + height * $0.y) }
      if let index = dots.firstIndex(where: { $0.color == look.foreground }) {
        dots[index].places += places
      } else {
        dots.append((look.foreground, places))
      }
    case .blocks(let areas, let opacity):
      canvas.setColor(color(look.foreground), opacity: opacity)
      for area in areas {
        canvas.fill(
          x: x + width * area.x, y: y + height * area.y, width: width * area.width,
          height: height * area.height)
      }
    case .lines(let left, let right, let up, let down):
      canvas.setColor(color(look.foreground))
      canvas.setStroke(width: 1)
      let middle = (x: x + width / 2, y: y + height / 2)
      for (strokes, end) in [
        (left, (x, middle.y)), (right, (x + width, middle.y)), (up, (middle.x, y)),
        (down, (middle.x, y + height)),
      ] {
        drawArm(strokes, from: middle, to: end, on: canvas)
      }
    }
  }

  /// Draws one line or two parallel ones from the middle of a cell to an edge.
  private func drawArm(
    _ strokes: Int, from middle: (x: Double, y: Double), to end: (x: Double, y: Double),
    on canvas: any Canvas
  ) {
    let isAcross = end.y == middle.y
    for shift in strokes == 0 ? [] : strokes == 1 ? [0] : [-1.5, 1.5] {
      let (dx, dy) = isAcross ? (0, shift) : (shift, 0)
      canvas.line([(middle.x + dx, middle.y + dy), (end.x + dx, end.y + dy)])
    }
  }

  private func drawText(_ looks: [Look], row: Int, on canvas: any Canvas) {
    func isText(_ column: Int) -> Bool { CellShape(screen[column, row].glyph) == .text }
    let runs = runs(looks.count) {
      looks[$0] == looks[$1] && isText($0) && isText($1)
    }
    for run in runs where isText(run.lowerBound) {
      let columns = run.filter { screen[$0, row].glyph != " " || looks[$0].isUnderlined }
      guard let first = columns.first, let last = columns.last else { continue }
      draw(first...last, looks[first], row: row, on: canvas)
    }
  }

  private func draw(
    _ columns: ClosedRange<Int>, _ look: Look, row: Int, on canvas: any Canvas
  ) {
    let (width, height) = Self.cell
    canvas.setColor(color(look.foreground), opacity: look.isDim ? 0.6 : 1)
    canvas.showCells(
      columns.map { (x: width * Double($0), glyph: screen[$0, row].glyph) },
      y: height * Double(row) + Self.baseline, size: Self.fontSize, isBold: look.isBold)
    guard look.isUnderlined else { return }
    canvas.fill(
      x: width * Double(columns.lowerBound), y: height * Double(row) + Self.baseline + 2,
      width: width * Double(columns.count), height: 1)
  }
}
