import ScoreClaims
import ScoreLab
import TermPlot

/// A report's plot as a chart of the terminal.
struct PlotPicture {
  let plot: Plot
  /// The part of the plot that is looked at.
  var window = PlotWindow()
  let marks: Marks

  func draw(into canvas: inout Canvas, in area: Rect) {
    guard plot.series.contains(where: { !$0.x.isEmpty }) else {
      canvas.write("not measured yet", in: area, style: Style(.muted))
      return
    }
    var chart = chart(width: area.width)
    var area = area
    // One row next to the axis title holds the names; where it cannot, they get rows above.
    let rows = chart.legend.rows(width: area.width)
    if chart.legend.width + plot.y.label.count + 2 > area.width, area.height >= rows.count + 7 {
      chart.hasLegend = false
      for row in rows {
        let (line, rest) = area.splitTop(rows: 1)
        row.draw(into: &canvas, in: line)
        area = rest
      }
    }
    chart.draw(into: &canvas, in: area)
  }

  func chart(width: Int) -> LineChart {
    LineChart(
      series: plot.series.enumerated().flatMap { intervals($1, at: $0) + [series($1, at: $0)] },
      levels: plot.marks.filter { !$0.isVertical }.map {
        .init($0.value, label: $0.label, role: .floor)
      },
      events: plot.marks.filter(\.isVertical).map { .init(x: $0.value, label: $0.label) },
      x: window.x(xSettings(width: width)), y: window.y(ySettings), marks: marks)
  }

  private func series(_ item: Plot.Series, at index: Int) -> LineChart.Series {
    let role = Self.role(of: item.role)
    switch item.form {
    case .band:
      return .init(
        item.label, x: item.x, y: item.lower, upper: item.upper, role: role, form: .band)
    case .line, .steps, .points, .bars:
      return .init(
        item.label, x: item.x, y: item.y, role: role, form: form(item, at: index),
        stroke: stroke(index))
    }
  }

  /// Dashes and glyphs that no shape of points has.
  private func stroke(_ index: Int) -> Stroke {
    // The first curve and the first bars are whole, whatever lies between them.
    let rank = plot.series[..<index].count { $0.form == plot.series[index].form }
    let glyphs: [Unicode.Scalar] = ["*", "#", "%", "@", "&", "=", "~"]
    let dashes = Stroke.Dash.allCases
    return Stroke(dashes[rank % dashes.count], ascii: glyphs[index % glyphs.count])
  }

  private func form(_ item: Plot.Series, at index: Int) -> LineChart.Series.Form {
    switch item.form {
    case .steps: return .steps
    case .points:
      let shapes = ScatterPlot.Shape.allCases.filter { $0 != .dot }
      return .points(shapes[index % shapes.count])
    case .bars:
      let places = barPlaces
      return .bars(width: places.width, offset: places.offset(index))
    case .line, .band: return .line
    }
  }

  /// The interval about each value: a band along a line, else a bar at each place.
  private func intervals(_ item: Plot.Series, at index: Int) -> [LineChart.Series] {
    guard item.form != .band, !item.lower.isEmpty else { return [] }
    let role = Self.role(of: item.role)
    if item.form == .line || item.form == .steps {
      return [
        .init(
          "", x: item.x, y: item.lower, upper: item.upper, role: role, form: .band,
          name: item.label)
      ]
    }
    let offset = item.form == .bars ? barPlaces.offset(index) : 0
    return [
      .init(
        "", x: item.x.flatMap { [$0 + offset, $0 + offset, .nan] },
        y: zip(item.lower, item.upper).flatMap { [$0, $1, .nan] }, role: role,
        stroke: Stroke(.solid, ascii: "|"), name: item.label)
    ]
  }

  /// The places of bars next to each other: how wide one is, and where each series' stands.
  private var barPlaces: (width: Double, offset: (Int) -> Double) {
    let bars = plot.series.indices.filter { plot.series[$0].form == .bars }
    let places = Set(bars.flatMap { plot.series[$0].x }).sorted()
    let spacing = zip(places, places.dropFirst()).map { $1 - $0 }.min() ?? 1
    let width = 0.8 * spacing / Double(max(1, bars.count))
    return (
      width,
      { index in
        let rank = bars.firstIndex(of: index) ?? 0
        return width * (Double(rank) - Double(bars.count - 1) / 2)
      }
    )
  }

  private var hasBars: Bool { plot.series.contains { $0.form == .bars } }

  private func xSettings(width: Int) -> AxisSettings {
    let axis = plot.x
    var settings = AxisSettings(
      axis.label, scale: axis.isLogarithmic ? .logarithmic : .linear, lower: axis.lower,
      upper: axis.upper)
    let values = plot.series.flatMap(\.x) + plot.marks.filter(\.isVertical).map(\.value)
    let data = AxisRange(covering: values, scale: settings.scale)
    if hasBars {
      let margin = barPlaces.width * Double(max(1, plot.series.count)) / 2
      settings.lower = settings.lower ?? data.lower - margin
      settings.upper = settings.upper ?? data.upper + margin
    } else {
      settings.lower = settings.lower ?? data.lower
      settings.upper = settings.upper ?? data.upper
    }
    guard !plot.categories.isEmpty else { return settings }
    let room = (width - 8) / plot.categories.count - 2
    settings.names = plot.categories.map { marks.fit($0, width: max(3, room)) }
    settings.lower = axis.lower ?? -0.5
    settings.upper = axis.upper ?? Double(plot.categories.count) - 0.5
    return settings
  }

  private var ySettings: AxisSettings {
    let axis = plot.y
    var settings = AxisSettings(
      axis.label, scale: axis.isLogarithmic ? .logarithmic : .linear, lower: axis.lower,
      upper: axis.upper)
    guard hasBars, !axis.isLogarithmic else { return settings }
    // Bars start at zero, so it must be in view.
    let values = plot.series.flatMap { $0.y + $0.lower + $0.upper }.filter(\.isFinite)
    if settings.lower == nil, values.allSatisfy({ $0 >= 0 }) { settings.lower = 0 }
    if settings.upper == nil, values.allSatisfy({ $0 <= 0 }) { settings.upper = 0 }
    return settings
  }

  static func role(of role: Plot.Role) -> StyleRole {
    switch role {
    case .measured: .learned
    case .comparison: .quantile
    case .exact: .exact
    case .claimed: .markov
    case .null: .heldOut
    case .muted: .muted
    }
  }
}
