import ScoreClaims
import ScoreLab
import TermPlot

/// A report's small pictures in grey, as many rows and columns as can still be made out.
struct ImagePicture {
  let images: ImageGrid
  /// Rows and columns of pictures that are scrolled past.
  let scroll: Int
  let columnScroll: Int
  let marks: Marks
  let isColored: Bool

  /// Which pictures are shown and how large a pixel is, in half cells.
  private struct Plan {
    var labels: Rect
    var pictures: Rect
    var rows: Int
    var columns: Int
    var scale: Double
  }

  private var rowCount: Int { (images.count + images.columns - 1) / images.columns }

  private func plan(in area: Rect) -> Plan {
    let widest = images.rowLabels.map(\.unicodeScalars.count).max() ?? 0
    let (labels, pictures) = area.splitLeft(
      columns: widest > 0 && area.width >= 40 ? min(14, widest) + 1 : 0)
    let (width, height) = (Double(images.width + 1), Double(images.height + 1))
    // Two half cells, one above the other, make a cell.
    let (across, down) = (Double(pictures.width + 1), Double(2 * pictures.height + 1))
    let whole = min(
      across / (width * Double(images.columns)), down / (height * Double(max(1, rowCount))))
    // Finer than half a pixel nothing can be made out: then fewer pictures are shown.
    let least = min(0.5, across / width, down / height)
    let scale = whole >= 1 ? min(4, whole.rounded(.down)) : max(whole, least)
    return Plan(
      labels: labels, pictures: pictures,
      rows: min(rowCount, max(1, Int(down / (height * max(scale, 1e-9))))),
      columns: min(images.columns, max(1, Int(across / (width * max(scale, 1e-9))))),
      scale: scale)
  }

  /// The most rows and columns of pictures that can be scrolled past.
  func maximumScroll(in area: Rect) -> (rows: Int, columns: Int) {
    let plan = plan(in: area)
    return (rowCount - plan.rows, images.columns - plan.columns)
  }

  func draw(into canvas: inout Canvas, in area: Rect) {
    guard images.count > 0, area.width >= 4, area.height >= 2 else { return }
    let plan = plan(in: area)
    let first = (
      row: min(max(0, scroll), rowCount - plan.rows),
      column: min(max(0, columnScroll), images.columns - plan.columns)
    )
    let grid = grid(plan, first)
    let size = Size(
      columns: min(plan.pictures.width, Int(plan.scale * Double(grid.columns))),
      rows: min(plan.pictures.height, Int((plan.scale * Double(grid.rows) / 2).rounded(.up))))
    let place = Rect(
      x: plan.pictures.x, y: plan.pictures.y, width: size.columns, height: size.rows)
    DensityLayer(
      grid, range: AxisRange(0, 1), marks: marks, isColored: isColored, tones: .gray
    ).draw(
      into: &canvas, in: place, x: Axis(grid.x), y: Axis(grid.y))
    drawLabels(plan, firstRow: first.row, into: &canvas)
  }

  /// The pictures shown side by side with a pixel between them, the lowest row first.
  private func grid(_ plan: Plan, _ first: (row: Int, column: Int)) -> ValueGrid {
    let width = plan.columns * (images.width + 1) - 1
    var height = plan.rows * (images.height + 1) - 1
    // A cell is two half cells high: an odd number of them would blur the pixels over one more.
    let isOdd = plan.scale >= 1 && Int(plan.scale * Double(height)) % 2 == 1
    height += isOdd ? 1 : 0
    var values = Array(repeating: Double.nan, count: width * height)
    for row in 0..<plan.rows {
      for column in 0..<plan.columns {
        let image = (first.row + row) * images.columns + first.column + column
        guard image < images.count else { continue }
        for y in 0..<images.height {
          let top = row * (images.height + 1) + y
          let start = (height - 1 - top) * width + column * (images.width + 1)
          for x in 0..<images.width {
            let value = images.values[(image * images.height + y) * images.width + x]
            values[start + x] = value.isFinite ? min(max(value, 0), 1) : .nan
          }
        }
      }
    }
    return ValueGrid(
      columns: width, rows: height, values: values, x: AxisRange(0, Double(width)),
      y: AxisRange(0, Double(height)))
  }

  private func drawLabels(_ plan: Plan, firstRow: Int, into canvas: inout Canvas) {
    guard plan.labels.width > 1 else { return }
    for row in 0..<plan.rows where images.rowLabels.indices.contains(firstRow + row) {
      let offset = Int((Double(row * (images.height + 1)) * plan.scale / 2).rounded())
      guard offset < plan.labels.height else { return }
      canvas.write(
        marks.fit(images.rowLabels[firstRow + row], width: plan.labels.width - 1),
        in: Rect(
          x: plan.labels.x, y: plan.labels.y + offset, width: plan.labels.width - 1, height: 1),
        style: Style(.muted))
    }
  }
}
