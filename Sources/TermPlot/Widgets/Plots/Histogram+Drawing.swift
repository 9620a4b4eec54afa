extension Histogram {
  /// Where marker labels and the plot beneath them go.
  struct MarkerPlan {
    var plot: Rect
    var labels = Rect(x: 0, y: 0, width: 0, height: 0)
    var items: [PlacedMarker] = []
    var places: [LabelPlacement.Place?] = []
  }

  /// A marker with its column in the plot and the text next to its glyph.
  struct PlacedMarker {
    var marker: Marker
    var column: Int
    /// Whether the value is on the axis, not beyond it.
    var isInside: Bool
    /// With the glyph, unless the label begins with the same letter.
    var text: String
    /// The same for a label that ends at its column.
    var reversedText: String
  }

  /// As few rows of labels as hold them all, at most a third of the area.
  func markerPlan(frame: PlotFrame, in area: Rect) -> MarkerPlan {
    var plan = MarkerPlan(plot: area)
    let most = markers.isEmpty ? 0 : min(3, markers.count, area.height / 3)
    for rows in 0...most {
      let (labels, plot) = area.splitTop(rows: rows)
      let inner = frame.layout(in: plot).inner
      plan.plot = plot
      plan.labels = Rect(x: inner.x, y: labels.y, width: inner.width, height: rows)
      plan.items = markers.compactMap { marker in
        guard let fraction = frame.x.fraction(of: marker.x) else { return nil }
        return placed(marker, fraction: fraction, width: inner.width)
      }
      let sizes = plan.items.map {
        (column: $0.column, width: max($0.text.columns, $0.reversedText.columns))
      }
      plan.places = LabelPlacement.place(sizes, width: inner.width, rows: rows)
      if plan.places.allSatisfy({ $0 != nil }) { break }
    }
    return plan
  }

  private func placed(_ marker: Marker, fraction: Double, width: Int) -> PlacedMarker {
    // The column of the bar that the value is in.
    let column = min(Int(min(max(fraction, 0), 1) * Double(width)), width - 1)
    let glyph = String(marks.pick(marker.glyph, marker.ascii))
    // An arrow says that the value lies beyond the axis.
    let arrow =
      fraction < 0
      ? String(marks.pick("←", "<")) : fraction > 1 ? String(marks.pick("→", ">")) : ""
    // A label that begins with the glyph has it already.
    let isNamed = marker.label.hasPrefix(glyph)
    return PlacedMarker(
      marker: marker, column: max(0, column), isInside: fraction >= 0 && fraction <= 1,
      text: (isNamed ? "" : glyph) + marker.label + arrow,
      reversedText: marker.label + arrow + (isNamed ? "" : glyph))
  }

  func drawMarkers(_ plan: MarkerPlan, into canvas: inout Canvas, inner: Rect) {
    for (item, place) in zip(plan.items, plan.places) where item.isInside {
      let stem = Cell(
        marks.pick(item.marker.stem, item.marker.ascii),
        Style(item.marker.role, attributes: .bold))
      let column = inner.x + item.column
      let top = place.map { plan.labels.y + $0.row } ?? inner.y
      for y in top..<max(top, plan.labels.maxY) { canvas[column, y] = stem }
      for y in inner.y..<inner.maxY {
        // Bars stay whole: the line ends where one begins, and the axis says where it is.
        guard canvas[column, y].glyph == " " else { break }
        canvas[column, y] = stem
      }
      guard inner.maxY < plan.plot.maxY else { continue }
      canvas[column, inner.maxY] = Cell(
        marks.pick(item.marker.glyph, item.marker.ascii), stem.style)
    }
    // After all stems, so that none crosses a label.
    for (item, place) in zip(plan.items, plan.places) {
      guard let place else { continue }
      canvas.write(
        place.isReversed ? item.reversedText : item.text, x: inner.x + place.start,
        y: plan.labels.y + place.row, limit: inner.maxX,
        style: Style(item.marker.role, attributes: .bold))
    }
  }

  func drawBars(frame: PlotFrame, into canvas: inout Canvas, in inner: Rect) {
    let steps = marks.isUnicode ? 8 : 2
    let heights = columnHeights(frame: frame, width: inner.width)
    for (column, height) in heights.enumerated() where height > 0 {
      // However rare, what happened must show: the tail is the point of an error histogram.
      let level = max(1, Int((min(height, 1) * Double(steps * inner.height)).rounded()))
      for row in 0..<inner.height {
        let filled = min(level - steps * row, steps)
        guard filled > 0 else { break }
        canvas[inner.x + column, inner.maxY - 1 - row] = Cell(block(filled), Style(role))
      }
    }
  }

  private func block(_ eighths: Int) -> Unicode.Scalar {
    guard marks.isUnicode else { return eighths == 2 ? "#" : "." }
    return Unicode.Scalar(0x2580 + UInt32(eighths)) ?? "█"
  }

  /// The height of each column as a fraction: the largest bin of those it covers.
  private func columnHeights(frame: PlotFrame, width: Int) -> [Double] {
    var heights = [Double](repeating: 0, count: width)
    let scale = Double(width)
    for (index, count) in bins.counts.enumerated() where count > 0 {
      guard let height = frame.y.fraction(of: count), height > 0,
        let low = frame.x.fraction(of: bins.edges[index]),
        let high = frame.x.fraction(of: bins.edges[index + 1]), low < 1, high > 0, low <= high
      else { continue }
      var first = Int((max(0, low) * scale).rounded())
      var last = Int((min(1, high) * scale).rounded()) - 1
      if last < first {
        // A bin narrower than a column gets the column it is in.
        first = min(Int((max(0, low) + min(1, high)) / 2 * scale), width - 1)
        last = first
      }
      for column in first...last { heights[column] = max(heights[column], height) }
    }
    return heights
  }
}
