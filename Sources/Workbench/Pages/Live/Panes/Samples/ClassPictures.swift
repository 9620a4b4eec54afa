import ScoreClaims
import ScoreCore
import ScoreLab
import TermPlot

/// Samples as pictures at the time of the cursor, one class a row.
struct ClassPictures {
  let format: ImageFormat
  let frame: CoordinateFrame
  let learned: Trajectories
  /// The time cursor.
  let index: Int
  let classes: SampleClasses
  let marks: Marks
  let isColored: Bool

  /// The classes that samples are of; one alone needs no rows.
  static func areMany(_ classes: SampleClasses) -> Bool { Set(classes.values).count > 1 }

  func draw(into canvas: inout Canvas, in area: Rect) {
    let (pictures, words) = area.splitBottom(rows: area.height >= 4 ? 1 : 0)
    let all = Set(classes.values).sorted()
    let (columns, rows) = size(in: pictures, rows: all.count)
    let shown = all.prefix(rows)
    let grid = ImageGrid(
      width: format.width, height: format.height, columns: columns,
      values: shown.flatMap { pixels(ofClass: $0, columns: columns) },
      rowLabels: shown.map { classes.names[$0] })
    ImagePicture(images: grid, scroll: 0, columnScroll: 0, marks: marks, isColored: isColored)
      .draw(into: &canvas, in: pictures)
    let rest =
      shown.count < all.count ? "; \(shown.count) of \(all.count) classes fit this pane" : ""
    for line in marks.rows(of: ["one class a row\(rest)"], width: words.width, rows: 1) {
      canvas.write(line, in: words, style: Style(.muted))
    }
  }

  /// How many samples go in a row and how many classes fit: all, as large as leaves room for them, but
  /// no pixel below half a cell.
  private func size(in area: Rect, rows: Int) -> (columns: Int, rows: Int) {
    let (width, height) = (Double(format.width + 1), Double(format.height + 1))
    let across = Double(area.width - (area.width >= 40 ? 8 : 0) + 1)
    let down = Double(2 * area.height + 1)
    let whole = down / (height * Double(rows))
    let scale = whole >= 1 ? min(4, whole.rounded(.down)) : max(0.5, whole)
    return (
      max(1, Int(across / (scale * width))), min(rows, max(1, Int(down / (scale * height))))
    )
  }

  /// The first samples of a class side by side; empty where there are not so many.
  private func pixels(ofClass index: Int, columns: Int) -> [Double] {
    let tracked = classes.values.indices.prefix(learned.tracked)
    let rows = tracked.filter { classes.values[$0] == index }.prefix(columns)
    let (dimension, size) = (learned.dimension, format.width * format.height)
    let values = rows.flatMap { row in
      learned.frames[self.index][row * dimension..<(row + 1) * dimension].map(Double.init)
    }
    let found = format.pixels(frame.userUnits(Points(values: values, dimension: dimension)))
    return found + Array(repeating: .nan, count: (columns - rows.count) * size)
  }
}
