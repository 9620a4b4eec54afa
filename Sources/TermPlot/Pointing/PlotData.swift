/// The numbers of plots as rows of a table.
public struct PlotData: Sendable, Equatable {
  /// One number of a plot, or one of something that has several.
  public struct Row: Sendable, Equatable {
    /// The plot, from 1.
    public var plot: Int
    /// The series, by its name in the plot.
    public var series: String
    /// The place of the series among those of all plots, from 1.
    public var seriesNumber: Int
    /// What stands in ``PlotData/columns`` behind the names; NaN for what there is not.
    public var values: [Double]
  }

  /// The columns behind plot and series: a place; where an interval, a bar or an arrow that begins there
  /// ends; and a value that a colour or a letter stands for.
  public static let columns = ["x", "y", "x_to", "y_to", "value"]

  public private(set) var rows: [Row] = []
  private var seriesCount = 0

  /// Takes all that some plots show, in their order.
  public init(_ plots: [PlacedPlot]) {
    for (index, plot) in plots.enumerated() {
      switch plot.content {
      case .chart(let chart): add(chart, plot: index + 1)
      case .histogram(let histogram): add(histogram, plot: index + 1)
      case .scatter(let scatter): for layer in scatter.layers { add(layer, plot: index + 1) }
      case nil: break
      }
    }
  }

  private mutating func add(
    _ name: String, plot: Int, x: [Double], y: [Double], xTo: [Double] = [], yTo: [Double] = [],
    values: [Double] = []
  ) {
    seriesCount += 1
    func value(_ list: [Double], _ index: Int) -> Double {
      list.indices.contains(index) ? list[index] : .nan
    }
    for index in 0..<max(x.count, y.count) {
      rows.append(
        Row(
          plot: plot, series: name, seriesNumber: seriesCount,
          values: [x, y, xTo, yTo, values].map { value($0, index) }))
    }
  }

  private mutating func add(_ chart: LineChart, plot: Int) {
    for series in chart.series {
      add(series.name, plot: plot, x: series.x, y: series.y, yTo: series.upper)
    }
    for level in chart.levels { add(level.label, plot: plot, x: [], y: [level.value]) }
    for event in chart.events { add(event.label, plot: plot, x: [event.x], y: []) }
  }

  private mutating func add(_ histogram: Histogram, plot: Int) {
    let edges = histogram.bins.edges
    add(
      histogram.y.title.isEmpty ? "bars" : histogram.y.title, plot: plot,
      x: Array(edges.dropLast()), y: histogram.bins.counts, xTo: Array(edges.dropFirst()))
    for curve in histogram.curves { add(curve.label, plot: plot, x: curve.x, y: curve.y) }
    for marker in histogram.markers { add(marker.label, plot: plot, x: [marker.x], y: []) }
  }

  private mutating func add(_ layer: ScatterPlot.Layer, plot: Int) {
    switch layer {
    case .density(let density): add(density.grid, plot: plot)
    case .points(let points): add(points.name, plot: plot, x: points.x, y: points.y)
    case .paths(let paths): add(paths.name, plot: plot, x: paths.x, y: paths.y)
    case .arrows(let arrows):
      add(
        arrows.label, plot: plot, x: arrows.x, y: arrows.y,
        xTo: zip(arrows.x, arrows.u).map { $0 + $1 }, yTo: zip(arrows.y, arrows.v).map { $0 + $1 })
    case .values(let points):
      add(points.label, plot: plot, x: points.x, y: points.y, values: points.values)
    case .letters(let letters):
      for (index, glyph) in letters.glyphs.enumerated() {
        add(
          String(Character(glyph)), plot: plot, x: Array(letters.x[index...index]),
          y: Array(letters.y[index...index]))
      }
    }
  }

  /// The middles of the fields with what is in them.
  private mutating func add(_ grid: ValueGrid, plot: Int) {
    let places = grid.values.indices.map { ($0 % grid.columns, $0 / grid.columns) }
    add(
      "field", plot: plot,
      x: places.map { grid.x.lower + grid.x.width * (Double($0.0) + 0.5) / Double(grid.columns) },
      y: places.map { grid.y.lower + grid.y.width * (Double($0.1) + 0.5) / Double(grid.rows) },
      values: grid.values)
  }
}
