import NumberFormatting

extension PlacedPlot {
  /// What the plot shows as sentences, for those who do not see it.
  public var words: [String] {
    let axes =
      "\(y.name.isEmpty ? "plot" : y.name) against \(x.span)"
    switch content {
    case .chart(let chart):
      let series = chart.series.compactMap { $0.words(on: x) }
      let levels = chart.levels.filter { !$0.label.isEmpty }.map { "line at \($0.label)" }
      let events = chart.events.filter { !$0.label.isEmpty }.map {
        "\($0.label) at \(NumberText.short($0.x))"
      }
      return [axes] + series + levels + events
    case .histogram(let histogram): return [axes] + histogram.words
    case .scatter(let scatter):
      return ["\(axes) and \(y.span)"] + scatter.layers.compactMap(\.words)
    case nil: return [axes]
    }
  }
}

extension Axis {
  /// The name of the axis with its ends.
  fileprivate var span: String {
    guard names.isEmpty else { return names.joined(separator: ", ") }
    let ends = "\(NumberText.short(range.lower)) to \(NumberText.short(range.upper))"
    return name.isEmpty ? ends : "\(name) from \(ends)"
  }
}

/// How values go from the first to the last.
public enum Course {
  /// In words: falls, rises or stays, with both numbers.
  ///
  /// - Parameter values: In their order; what is not finite is passed over.
  /// - Returns: Such as `falls from 1.9 to 0.52`; nil where there is nothing.
  public static func words(_ values: [Double]) -> String? {
    let known = values.filter(\.isFinite)
    guard let first = known.first, let last = known.last, let least = known.min(),
      let most = known.max()
    else { return nil }
    let (start, end) = (NumberText.short(first), NumberText.short(last))
    let isFlat = abs(last - first) <= 0.05 * (most - least) || start == end
    if isFlat { return "stays near \(end)" }
    return "\(last < first ? "falls" : "rises") from \(start) to \(end)"
  }
}

extension LineChart.Series {
  /// The series in words; nil for one without a name or a number.
  fileprivate func words(on axis: Axis) -> String? {
    let places = (0..<min(x.count, y.count)).filter {
      y[$0].isFinite && axis.fraction(of: x[$0]) != nil
    }
    guard !label.isEmpty, let last = places.last, let course = Course.words(places.map { y[$0] })
    else { return nil }
    if case .band = form, upper.indices.contains(last) {
      let ends = "\(NumberText.short(y[last])) to \(NumberText.short(upper[last]))"
      return "band of \(label), at the end \(ends)"
    }
    let least = places.min { y[$0] < y[$1] } ?? last
    let place = names(axis, least)
    return "\(label) \(course)"
      + (least == last ? "" : ", least \(NumberText.short(y[least])) at \(place)")
  }

  private func names(_ axis: Axis, _ index: Int) -> String {
    axis.fact(of: x[index], otherwise: "x")
  }
}

extension Histogram {
  /// The bars in words: the highest, the middle, and the values that are marked.
  fileprivate var words: [String] {
    let total = bins.counts.reduce(0, +)
    guard total > 0, let top = bins.counts.indices.max(by: { bins.counts[$0] < bins.counts[$1] })
    else { return ["no bars"] }
    func ends(_ bin: Int) -> String {
      "\(NumberText.short(bins.edges[bin])) to \(NumberText.short(bins.edges[bin + 1]))"
    }
    var sum = 0.0
    let middle = bins.counts.indices.first { index in
      sum += bins.counts[index]
      return 2 * sum >= total
    }
    return ["highest bar at \(ends(top))", "half lies below \(ends(middle ?? top))"]
      + markers.map { "\($0.label) at \(NumberText.short($0.x))" }
  }
}

extension ScatterPlot.Layer {
  /// The layer in words; nil for one without a name.
  fileprivate var words: String? {
    switch self {
    case .density(let density):
      let range = density.valueAxis.range
      return "field of values from \(NumberText.short(range.lower)) to "
        + NumberText.short(range.upper)
    case .points(let points):
      guard !points.label.isEmpty else { return nil }
      return "\(points.label): \(min(points.x.count, points.y.count)) points "
        + Self.middle(points.x, points.y)
    case .values(let points):
      let range = AxisRange(covering: points.values)
      return "\(points.label) at \(points.values.count) points from "
        + "\(NumberText.short(range.lower)) to \(NumberText.short(range.upper))"
    case .arrows(let arrows): return "\(arrows.label): \(arrows.x.count) arrows"
    case .paths(let paths):
      guard !paths.label.isEmpty, let x = paths.x.last, let y = paths.y.last else { return nil }
      return "\(paths.label) ends at (\(NumberText.short(x)), \(NumberText.short(y)))"
    case .letters: return nil
    }
  }

  /// Mean and deviation of points.
  private static func middle(_ x: [Double], _ y: [Double]) -> String {
    func moments(_ values: [Double]) -> (mean: String, deviation: String) {
      let known = values.filter(\.isFinite)
      let count = Double(max(1, known.count))
      let mean = known.reduce(0, +) / count
      let square = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      return (NumberText.short(mean, digits: 2), NumberText.short(square.squareRoot(), digits: 2))
    }
    let (across, up) = (moments(x), moments(y))
    return "about (\(across.mean), \(up.mean)), deviation (\(across.deviation), \(up.deviation))"
  }
}
