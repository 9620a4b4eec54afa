import Testing

@testable import TermPlot

/// What plots register of themselves: where they are, what they show at a place, and in words.
@Suite struct PlacedPlotTests {
  private static let chart = LineChart(
    series: [
      .init("loss", x: [0, 10, 20], y: [4, 1, 2], role: .training),
      .init(
        "batches", x: [0, 10, 20], y: [3, 0.5, 1], upper: [5, 2, 3], role: .muted, form: .band),
    ], x: AxisSettings("step"), y: AxisSettings("loss"))

  private static func drawn(_ chart: LineChart, hiding hidden: Set<String> = []) -> Canvas {
    var canvas = Canvas(size: Size(columns: 60, rows: 16))
    canvas.hiddenSeries = hidden
    chart.draw(into: &canvas, in: canvas.bounds)
    return canvas
  }

  @Test("Every cell of a plot has values that lie in that cell")
  func cells() throws {
    let plot = try #require(Self.drawn(Self.chart).plots.first)
    for column in plot.inner.x..<plot.inner.maxX {
      for row in plot.inner.y..<plot.inner.maxY {
        let value = plot.value(column: column, row: row)
        let cell = try #require(plot.cell(x: value.x, y: value.y))
        #expect(cell == (column, row))
      }
    }
    #expect(plot.cell(x: 21, y: 2) == nil && plot.cell(x: 1, y: .nan) == nil)
  }

  @Test("A chart reads the values of its series nearest to a place, a band with both edges")
  func readsChart() throws {
    let plot = try #require(Self.drawn(Self.chart).plots.first)
    #expect(plot.reading(x: 10.5, y: 3) == ["step 10.5", "loss 3", "loss 1", "batches 0.5 to 2"])
    // Half way between two points neither is near.
    #expect(plot.reading(x: 5, y: 3) == ["step 5", "loss 3"])
  }

  @Test("A histogram reads the bar and the curve, a scatter plot how many points are there")
  func readsOthers() throws {
    var canvas = Canvas(size: Size(columns: 60, rows: 16))
    Histogram(
      bins: HistogramBins(edges: [0, 1, 2], counts: [3, 7]),
      curves: [.init("exact", x: [0.5, 1.5], y: [4, 6])], x: AxisSettings("error"),
      y: AxisSettings("points")
    ).draw(into: &canvas, in: canvas.bounds)
    let bars = try #require(canvas.plots.first)
    #expect(bars.reading(x: 1.4, y: 0) == ["error 1.4", "1 to 2: points 7", "exact 6"])

    canvas = Canvas(size: Size(columns: 60, rows: 16))
    ScatterPlot(
      layers: [
        .points(.init("data", x: [0, 0, 5], y: [0, 0, 5], role: .exact)),
        .letters(.init(x: [5], y: [5], glyphs: ["A"])),
      ], x: AxisSettings("x"), y: AxisSettings("y")
    ).draw(into: &canvas, in: canvas.bounds)
    let plane = try #require(canvas.plots.first)
    #expect(plane.reading(x: 0, y: 0) == ["x 0", "y 0", "data 2 within a cell"])
    #expect(plane.reading(x: 5, y: 5).last == "A is here" && plane.letter(x: 5, y: 5) == "A")
    #expect(plane.letter(x: 0, y: 0) == nil)
  }

  @Test("A plot says in words how its series go and between which ends")
  func words() throws {
    let words = try #require(Self.drawn(Self.chart).plots.first).words
    #expect(
      words == [
        "loss against step from 0 to 20", "loss falls from 4 to 2, least 1 at step 10",
        "band of batches, at the end 1 to 3",
      ])
    #expect(Course.words([1, 3, 1.01]) == "stays near 1.01")
    #expect(Course.words([1, .nan, 3]) == "rises from 1 to 3" && Course.words([.nan]) == nil)
  }

  @Test("A series that is left out is in the key with a cross, and nowhere else")
  func hides() throws {
    let (whole, part) = (Self.drawn(Self.chart), Self.drawn(Self.chart, hiding: ["batches"]))
    #expect(part.lines[0].contains("x  batches") && !whole.lines[0].contains("x  batches"))
    let plot = try #require(part.plots.first)
    #expect(plot.seriesNames == ["loss", "batches"])
    #expect(plot.reading(x: 10, y: 3) == ["step 10", "loss 3", "loss 1"])
    // Only the band is drawn in its colour, apart from the key.
    let rest = Rect(x: 0, y: 1, width: 60, height: 15)
    let muted = (rest.y..<rest.maxY).reduce(0) { count, y in
      count + (plot.inner.x..<60).count { part[$0, y].style.foreground == .role(.muted) }
    }
    let title = "step".count
    #expect(muted == title)
  }

  @Test("The key is clicked at by the name of the series, which stays when its label changes")
  func key() {
    var chart = Self.chart
    chart.series[0].label = "loss, 3 outside"
    let names = Self.drawn(chart).regions.compactMap { region in
      if case .series(let name)? = region.target as? WidgetTarget { name } else { nil }
    }
    #expect(names == ["loss", "batches"])
  }
}
