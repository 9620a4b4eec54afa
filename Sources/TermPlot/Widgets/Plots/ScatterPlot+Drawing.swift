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
      case .letters(let letters):
        grid.flush(into: &canvas, in: inner)
        grid = empty
        draw(letters, projection, into: &canvas, in: inner)
      }
    }
    grid.flush(into: &canvas, in: inner)
    for case .points(let points) in layers {
      if let letters = points.letters { draw(letters, projection, into: &canvas, in: inner) }
    }
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
    let pen = Pen(ink: paths.ink ?? .role(paths.role), ascii: paths.ascii, dash: paths.dash)
    for start in stride(from: 0, to: count, by: length) {
      let end = min(start + length, count)
      grid.polyline(
        x: paths.x[start..<end], y: paths.y[start..<end], projection: projection, pen: pen)
    }
  }

  private func draw(
    _ letters: Letters, _ projection: PlotProjection, into canvas: inout Canvas, in inner: Rect
  ) {
    let perCell = marks.dotsPerCell
    for index in 0..<min(letters.x.count, letters.y.count, letters.glyphs.count) {
      guard let dot = projection.dot(x: letters.x[index], y: letters.y[index]), dot.x >= -0.5,
        dot.y >= -0.5, dot.x < Double(projection.width), dot.y < Double(projection.height)
      else { continue }
      let column = inner.x + min(Int(dot.x.rounded()) / perCell.x, inner.width - 1)
      let row = inner.y + min(Int(dot.y.rounded()) / perCell.y, inner.height - 1)
      let background = canvas[column, row].style.background
      canvas[column, row] = Cell(
        letters.glyphs[index],
        Style(
          foreground: Ink.role(letters.role).readable(on: background), background: background,
          attributes: .bold))
    }
  }
}

extension ScatterPlot.Paths {
  /// The glyph of the path in ASCII.
  var ascii: Unicode.Scalar { dash == .solid ? "," : ":" }
}
