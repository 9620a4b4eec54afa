import ScoreClaims
import ScoreLab

/// Draws small grey pictures in rows, each row with its name.
struct ImageGridDrawing {
  private let grid: ImageGrid

  init(_ grid: ImageGrid) { self.grid = grid }

  func draw(on canvas: any Canvas, in area: Area) {
    let rows = (grid.count + grid.columns - 1) / grid.columns
    guard rows > 0 else { return }
    canvas.setFont(size: 15)
    let names = grid.rowLabels.map { canvas.width(of: $0) }.max().map { $0 + 14 } ?? 0
    let gap = 4.0
    let cell = min(
      (area.width - names) / Double(grid.columns) / Double(grid.width),
      area.height / Double(rows) / Double(grid.height))
    let size = (width: cell * Double(grid.width), height: cell * Double(grid.height))
    for index in 0..<grid.count {
      let (row, column) = (index / grid.columns, index % grid.columns)
      let origin = (
        x: area.x + names + Double(column) * size.width, y: area.y + Double(row) * size.height
      )
      if column == 0, grid.rowLabels.indices.contains(row) {
        canvas.setColor(.text)
        canvas.write(grid.rowLabels[row], x: area.x, y: origin.y + size.height / 2 + 5)
      }
      drawPicture(index, on: canvas, at: origin, pixel: cell - gap / Double(grid.width))
    }
  }

  private func drawPicture(
    _ index: Int, on canvas: any Canvas, at origin: (x: Double, y: Double), pixel: Double
  ) {
    let start = index * grid.width * grid.height
    for y in 0..<grid.height {
      for x in 0..<grid.width {
        let value = min(max(grid.values[start + y * grid.width + x], 0), 1)
        let level = Int((value.isNaN ? 0 : value) * 255)
        canvas.setColor(Ink.Color(level << 16 | level << 8 | level))
        // A hair wider than the pixel, so that no seam shows between two.
        canvas.fill(
          x: origin.x + Double(x) * pixel, y: origin.y + Double(y) * pixel, width: pixel + 0.3,
          height: pixel + 0.3)
      }
    }
  }
}
