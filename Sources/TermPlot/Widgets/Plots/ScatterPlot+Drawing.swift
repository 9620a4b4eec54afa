extension ScatterPlot {
  func drawLayers(_ frame: PlotFrame, into canvas: inout Canvas, in inner: Rect) {
    let empty = DotGrid(size: Size(columns: inner.width, rows: inner.height), marks: marks)
    let projection = PlotProjection(x: frame.x, y: frame.y, grid: empty)
    var grid = empty
    for layer in layers {
      switch layer {
      case .points(let points): plot(points, into: &grid, projection)
      case .paths(let paths): plot(paths, into: &grid, projection)
      case .density(let density):
        grid.flush(into: &canvas, in: inner)
        grid = empty
        density.draw(into: &canvas, in: inner, x: frame.x, y: frame.y)
      case .arrows(let arrows):
        grid.flush(into: &canvas, in: inner)
        grid = empty
        arrows.draw(into: &canvas, in: inner, x: frame.x, y: frame.y, marks: marks)
      case .values(let points):
        grid.flush(into: &canvas, in: inner)
        grid = empty
        points.draw(into: &canvas, in: inner, x: frame.x, y: frame.y)
      }
    }
    grid.flush(into: &canvas, in: inner)
  }

  private func plot(_ points: Points, into grid: inout DotGrid, _ projection: PlotProjection) {
    let pen = Pen(points.role, ascii: points.shape.sample(.ascii))
    // Coarse pixels have no room for shapes.
    let offsets = marks == .braille ? points.shape.offsets : Shape.dot.offsets
    for (x, y) in zip(points.x, points.y) {
      guard let place = projection.dot(x: x, y: y) else { continue }
      for offset in offsets {
        grid.plot(
          at: DotPoint(x: place.x + Double(offset.x), y: place.y + Double(offset.y)), pen: pen)
      }
    }
  }

  private func plot(_ paths: Paths, into grid: inout DotGrid, _ projection: PlotProjection) {
    let count = min(paths.x.count, paths.y.count)
    let length = max(1, paths.length ?? count)
    let pen = Pen(paths.role, ascii: ",")
    for start in stride(from: 0, to: count, by: length) {
      let end = min(start + length, count)
      grid.polyline(
        x: paths.x[start..<end], y: paths.y[start..<end], projection: projection, pen: pen)
    }
  }
}
