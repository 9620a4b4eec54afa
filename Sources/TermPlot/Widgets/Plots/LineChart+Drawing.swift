extension LineChart {
  /// Draws bands first and then the curves in order, so that no band hides a curve.
  func plot(into grid: inout DotGrid, _ projection: PlotProjection) {
    let ends = [projection.x.range.lower, projection.x.range.upper]
    for level in levels where level.uncertainty > 0 {
      let low = level.value - level.uncertainty
      grid.band(
        x: ends, lower: [low, low].map { visible($0, on: projection.y) },
        upper: Array(repeating: level.value + level.uncertainty, count: 2),
        projection: projection, pen: Pen(level.role))
    }
    for item in series where item.form == .band {
      grid.band(
        x: item.x, lower: item.y, upper: item.upper, projection: projection,
        pen: Pen(item.role, dash: item.stroke?.dash ?? .solid))
    }
    for index in series.indices {
      guard case .bars(let width, let offset) = series[index].form else { continue }
      let pen = Pen(
        series[index].role, ascii: stroke(index).ascii, dash: stroke(index).dash)
      for (x, y) in zip(series[index].x, series[index].y) {
        let middle = x + offset
        grid.bar(
          from: middle - width / 2, to: middle + width / 2, height: y, projection: projection,
          pen: pen)
      }
    }
    for level in levels {
      let values = [level.value, level.value]
      grid.polyline(
        x: ends[...], y: values[...], projection: projection,
        pen: Pen(level.role, ascii: "-", dash: .dashed))
    }
    for index in series.indices where series[index].form != .band {
      plot(series[index], stroke: stroke(index), into: &grid, projection)
    }
  }

  private func visible(_ value: Double, on axis: Axis) -> Double {
    axis.scale == .logarithmic && value <= 0 ? axis.range.lower : value
  }

  private func plot(
    _ item: Series, stroke: Stroke, into grid: inout DotGrid, _ projection: PlotProjection
  ) {
    let pen = Pen(item.role, ascii: stroke.ascii, dash: stroke.dash)
    switch item.form {
    case .line, .steps:
      grid.polyline(
        x: item.x[...], y: item.y[...], isStepped: item.form == .steps, projection: projection,
        pen: pen)
    case .dots:
      for (x, y) in zip(item.x, item.y) {
        if let point = projection.dot(x: x, y: y) { grid.plot(at: point, pen: pen) }
      }
    case .points(let shape):
      let pen = Pen(item.role, ascii: shape.sample(.ascii))
      for (x, y) in zip(item.x, item.y) {
        guard let place = projection.dot(x: x, y: y) else { continue }
        for offset in marks == .braille ? shape.offsets : ScatterPlot.Shape.dot.offsets {
          grid.plot(
            at: DotPoint(x: place.x + Double(offset.x), y: place.y + Double(offset.y)), pen: pen)
        }
      }
    case .bars, .band:
      break
    }
  }

  private func column(of event: Event, frame: PlotFrame, width: Int) -> Int? {
    guard let fraction = frame.x.fraction(of: event.x), fraction >= 0, fraction <= 1 else {
      return nil
    }
    return Int((fraction * Double(width - 1)).rounded())
  }

  func drawEvents(frame: PlotFrame, into canvas: inout Canvas, in inner: Rect) {
    for event in events {
      guard let column = column(of: event, frame: frame, width: inner.width) else { continue }
      canvas.fill(
        Rect(x: inner.x + column, y: inner.y, width: 1, height: inner.height),
        with: Cell(marks.pick("┊", "!"), Style(event.role)))
    }
  }

  /// Writes the labels, the last event's before all others; a label without room gives way to its
  /// short form.
  func drawEventLabels(frame: PlotFrame, into canvas: inout Canvas, in inner: Rect) {
    guard inner.height >= 3 else { return }
    let placed = events.compactMap { event in
      column(of: event, frame: frame, width: inner.width).map { (event: event, column: $0) }
    }
    let last = placed.indices.max { placed[$0].event.x < placed[$1].event.x }
    let rows = min(max(1, placed.count), inner.height < 8 ? 1 : inner.height < 14 ? 2 : 4)
    var words = placed.map(\.event.label)
    var places: [LabelPlacement.Place?] = []
    for _ in 0..<2 {
      places = LabelPlacement.place(
        zip(placed, words).map { ($0.column, 1 + $1.columns) }, width: inner.width, rows: rows,
        first: last, taken: columnsBeyond(frame: frame, width: inner.width))
      // What had no room tries again with less, so that as many as can be are named.
      for index in places.indices where places[index] == nil {
        words[index] = placed[index].event.short
      }
    }
    let pointer = String(marks.pick("▾", "v"))
    for (index, place) in places.enumerated() {
      guard let place else { continue }
      canvas.write(
        place.isReversed ? words[index] + pointer : pointer + words[index],
        x: inner.x + place.start, y: inner.y + place.row, limit: inner.maxX,
        style: Style(placed[index].event.role))
    }
  }

  /// The columns that the names of values beyond the upper edge take, from the first row.
  private func columnsBeyond(frame: PlotFrame, width: Int) -> [Range<Int>] {
    beyond.compactMap { level in
      guard let fraction = frame.y.fraction(of: level.value), fraction > 1 else { return nil }
      let columns = name(beyond: level, isAbove: true).columns
      return columns <= width ? (width - columns)..<width : nil
    }
  }

  private func name(beyond level: Level, isAbove: Bool) -> String {
    "\(level.label) \(isAbove ? marks.pick("↑", "^") : marks.pick("↓", "v"))"
  }

  /// Names values beyond the upper edge in the first rows and those beyond the lower one in the last.
  func drawBeyond(frame: PlotFrame, into canvas: inout Canvas, in inner: Rect) {
    var (above, below) = (inner.y, inner.maxY - 1)
    for level in beyond {
      guard let fraction = frame.y.fraction(of: level.value), fraction < 0 || fraction > 1,
        above <= below
      else { continue }
      let isAbove = fraction > 1
      let text = name(beyond: level, isAbove: isAbove)
      guard text.columns <= inner.width else { continue }
      canvas.write(
        text, x: inner.maxX - text.columns, y: isAbove ? above : below, limit: inner.maxX,
        style: Style(level.role, attributes: .bold))
      if isAbove { above += 1 } else { below -= 1 }
    }
  }

  func drawLevelLabels(frame: PlotFrame, into canvas: inout Canvas, in inner: Rect) {
    guard inner.height >= 3 else { return }
    var taken: Set<Int> = []
    for level in levels where !level.label.isEmpty {
      guard let fraction = frame.y.fraction(of: level.value), fraction >= 0, fraction <= 1 else {
        continue
      }
      let row = Int(((1 - fraction) * Double(inner.height - 1)).rounded())
      // Next to the line, not on it: the line stays whole.
      let rows = [row - 1, row + 1].filter { $0 >= 0 && $0 < inner.height && !taken.contains($0) }
      guard let free = rows.first else { continue }
      taken.insert(free)
      let text = marks.fit(" " + level.label, width: inner.width)
      canvas.write(
        text, x: inner.maxX - text.columns, y: inner.y + free, limit: inner.maxX,
        style: Style(level.role))
    }
  }
}
