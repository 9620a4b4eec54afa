import NumberFormatting

extension PlacedPlot {
  /// What the plot shows at a place, the most important first.
  ///
  /// - Parameters:
  ///   - valueX: A value of the horizontal axis.
  ///   - valueY: A value of the vertical axis.
  /// - Returns: Facts, each with a number: the place on both axes, then what is there.
  public func reading(x valueX: Double, y valueY: Double) -> [String] {
    let place = [x.fact(of: valueX, otherwise: "x"), y.fact(of: valueY, otherwise: "y")]
    switch content {
    case .chart(let chart):
      return place + chart.series.compactMap { $0.reading(at: valueX, on: x) }
    case .histogram(let histogram):
      return [place[0]] + histogram.reading(at: valueX)
    case .scatter(let scatter):
      return place + scatter.layers.compactMap { reading(of: $0, x: valueX, y: valueY) }
    case nil: return place
    }
  }

  /// The letter of a particle within a cell of a place.
  public func letter(x valueX: Double, y valueY: Double) -> Unicode.Scalar? {
    guard case .scatter(let scatter)? = content else { return nil }
    // What lies on top is meant.
    for case .letters(let letters) in scatter.layers.reversed() {
      if let index = nearest(letters.x, letters.y, to: (valueX, valueY), within: 1.5) {
        return letters.glyphs[index]
      }
    }
    return nil
  }

  private func reading(of layer: ScatterPlot.Layer, x: Double, y: Double) -> String? {
    switch layer {
    case .density(let density):
      return density.grid.value(x: x, y: y).map { "value \(NumberText.short($0))" }
    case .points(let points):
      let count = zip(points.x, points.y).count { gap((x, y), ($0, $1)) <= 1 }
      return "\(points.name) \(count) within a cell"
    case .arrows(let arrows):
      return nearest(arrows.x, arrows.y, to: (x, y), within: 4).map { index in
        let (u, v) = (NumberText.short(arrows.u[index]), NumberText.short(arrows.v[index]))
        return "\(arrows.label) (\(u), \(v))"
      }
    case .values(let points):
      return nearest(points.x, points.y, to: (x, y), within: 1.5).map {
        "\(points.label) \(NumberText.short(points.values[$0]))"
      }
    case .letters(let letters):
      return nearest(letters.x, letters.y, to: (x, y), within: 1.5).map {
        "\(Character(letters.glyphs[$0])) is here"
      }
    case .paths: return nil
    }
  }

  /// The nearest of some points, where it is near enough, in cells.
  private func nearest(
    _ xs: [Double], _ ys: [Double], to place: (Double, Double), within limit: Double
  ) -> Int? {
    let gaps = zip(xs, ys).map { gap(place, ($0, $1)) }
    guard let index = gaps.indices.min(by: { gaps[$0] < gaps[$1] }), gaps[index] <= limit else {
      return nil
    }
    return index
  }

  /// How far two places are apart in cells, along the axis on which that is more.
  private func gap(_ first: (Double, Double), _ second: (Double, Double)) -> Double {
    guard let x = x.fraction(of: first.0), let otherX = self.x.fraction(of: second.0),
      let y = y.fraction(of: first.1), let otherY = self.y.fraction(of: second.1)
    else { return .infinity }
    return max(
      abs(x - otherX) * Double(inner.width), abs(y - otherY) * Double(inner.height))
  }
}

extension Axis {
  /// What the axis is called, without its unit.
  var name: String { title.split(separator: "  ").first.map(String.init) ?? title }

  /// A value with the name of the axis, or the name of the place.
  func fact(of value: Double, otherwise fallback: String) -> String {
    let place = value.rounded()
    guard names.isEmpty else {
      return place >= 0 && place < Double(names.count) ? names[Int(place)] : fallback
    }
    return "\(name.isEmpty ? fallback : name) \(NumberText.short(value, digits: 4))"
  }
}

extension LineChart.Series {
  /// How far from a place a value still counts as the one there, as a fraction of the axis.
  private static let reach = 0.1

  /// The value nearest to a place with the name of the series; nil where there is none near.
  func reading(at value: Double, on axis: Axis) -> String? {
    guard !label.isEmpty, let index = place(nearestTo: value, on: axis) else { return nil }
    if case .band = form, upper.indices.contains(index) {
      return "\(name) \(NumberText.short(y[index])) to \(NumberText.short(upper[index]))"
    }
    return "\(name) \(NumberText.short(y[index], digits: 4))"
  }

  private func place(nearestTo value: Double, on axis: Axis) -> Int? {
    guard let target = axis.fraction(of: value) else { return nil }
    let offset = if case .bars(_, let offset) = form { offset } else { 0.0 }
    var nearest: (index: Int, gap: Double)?
    for index in 0..<min(x.count, y.count) where y[index].isFinite {
      guard let place = axis.fraction(of: x[index] + offset) else { continue }
      // A step lasts until the next one begins.
      if case .steps = form, place > target { continue }
      let gap = abs(place - target)
      if gap < nearest?.gap ?? .infinity { nearest = (index, gap) }
    }
    guard let nearest else { return nil }
    if case .steps = form { return nearest.index }
    return nearest.gap <= Self.reach ? nearest.index : nil
  }
}

extension Histogram {
  /// The bin that a value is in with its height, and the curve there.
  func reading(at value: Double) -> [String] {
    var facts: [String] = []
    let edges = zip(bins.edges, bins.edges.dropFirst())
    for (index, edge) in edges.enumerated() where edge.0 <= value && value < edge.1 {
      let name = y.title.isEmpty ? "height" : y.title
      facts.append(
        "\(NumberText.short(edge.0)) to \(NumberText.short(edge.1)): \(name) "
          + NumberText.short(bins.counts[index]))
    }
    for curve in curves {
      let nearest = curve.x.indices.min {
        abs(curve.x[$0] - value) < abs(curve.x[$1] - value)
      }
      guard let index = nearest, curve.y.indices.contains(index) else { continue }
      facts.append("\(curve.label) \(NumberText.short(curve.y[index]))")
    }
    return facts
  }
}

extension ValueGrid {
  /// The value of the field that a place is in; nil outside and in a hole.
  func value(x valueX: Double, y valueY: Double) -> Double? {
    let (u, v) = ((valueX - x.lower) / x.width, (valueY - y.lower) / y.width)
    guard u >= 0, u < 1, v >= 0, v < 1, columns > 0, rows > 0 else { return nil }
    let value = values[Int(v * Double(rows)) * columns + Int(u * Double(columns))]
    return value.isFinite ? value : nil
  }
}
