import NumberFormatting
import Testing

@testable import TermPlot

/// What every widget must survive: any area, any values.
@Suite struct WidgetContractTests {
  static let values: [[Double]] = [
    [], [.nan], [.infinity, -.infinity, .nan], [0, 0, 0],
    [1e308, -1e308, .leastNonzeroMagnitude, 0],
    [3], (0..<300).map { Double($0 * $0 % 101) - 20 }, [1, 2, .nan, 4, .infinity, 6],
    [1e-300, 1e300], [-5, -5, -5, -5],
  ]
  static let sizes = [(0, 0), (1, 1), (5, 2), (3, 9), (20, 5), (80, 24), (200, 60)]

  typealias Draw = (inout Canvas, Rect) -> Void

  private static func plots(_ x: [Double], _ y: [Double], _ marks: Marks) -> [Draw] {
    AxisScale.allCases.flatMap { scale -> [Draw] in
      let axis = AxisSettings("axis", scale: scale)
      let bins = HistogramBins(
        counting: x, on: axis.axis(covering: x), count: 1 + x.count)
      let raw = HistogramBins(edges: y, counts: x)
      let grid = ValueGrid(
        columns: x.count, rows: 1, values: x, x: AxisRange(covering: x), y: AxisRange(0, 1))
      let density = DensityLayer(grid, scale: scale, marks: marks)
      let forms: [LineChart.Series.Form] = [
        .line, .steps, .dots, .band, .points(.cross), .bars(width: 0.5, offset: 0.1),
      ]
      let series = forms.map {
        LineChart.Series("name", x: x, y: y, upper: x, role: .training, form: $0)
      }
      let chart = LineChart(
        series: series, levels: y.map { .init($0, label: "l", role: .floor, uncertainty: $0) },
        events: x.map { .init(x: $0, label: "lr") }, x: axis, y: axis, marks: marks)
      let markers = x.prefix(5).map {
        Histogram.Marker(x: $0, label: "L2", role: .l2, glyph: "│", ascii: "|")
      }
      let histograms = [bins, raw].map {
        Histogram(
          bins: $0, markers: markers, curves: [.init("c", x: x, y: y)], x: axis, y: axis,
          marks: marks)
      }
      let valued = ValuedPoints(
        "v", x: x, y: y, values: x, axis: axis.axis(covering: x), marks: marks, isColored: true)
      let plot = ScatterPlot(
        layers: [
          .density(density), .paths(.init("p", x: x, y: y, length: 2)),
          .points(.init("q", x: x, y: y, role: .learned, shape: .plus)),
          .arrows(.init("a", x: x, y: y, u: y, v: x)), .values(valued),
          .arrows(.init("a", x: x, y: y, u: y, v: x, longest: y.first, reach: 9)),
        ], x: axis, y: axis, marks: marks)
      return [
        { chart.draw(into: &$0, in: $1) }, { histograms[0].draw(into: &$0, in: $1) },
        { histograms[1].draw(into: &$0, in: $1) }, { plot.draw(into: &$0, in: $1) },
        { valued.drawScale(into: &$0, in: $1) },
        { DensityMap(density, label: "d", x: axis).draw(into: &$0, in: $1) },
      ]
    }
  }

  private static func widgets(_ values: [Double], _ marks: Marks) -> [Draw] {
    let words = values.prefix(50).map { NumberText.short($0) }
    let rows = words.map {
      FormList.Row($0, value: $0, marker: $0, editing: .init($0, cursor: 99))
    }
    let choices = words.map { ChoiceList.Choice($0, summary: $0) }
    let lines = words.flatMap { [TextOverlay.Line.heading($0), .entry(key: $0, description: $0)] }
    return [
      { Gauge(fraction: values.first, label: "g", marks: marks).draw(into: &$0, in: $1) },
      { Sparkline(values, marks: marks).draw(into: &$0, in: $1) },
      { FormList(rows: rows, selected: 40, marks: marks).draw(into: &$0, in: $1) },
      { FormList(rows: rows, selected: -7, isFocused: true, marks: marks).draw(into: &$0, in: $1) },
      {
        ChoiceList("t", choices: choices, selected: 99, query: .init("q", cursor: 1), marks: marks)
          .draw(into: &$0, in: $1)
      },
      { ChoiceList("t", choices: choices, selected: -1, marks: marks).draw(into: &$0, in: $1) },
      { TextOverlay("t", lines: lines, scroll: 7, marks: marks).draw(into: &$0, in: $1) },
      { TextBlock(words.map { .init($0) }, scroll: 3, marks: marks).draw(into: &$0, in: $1) },
      {
        DataTable(
          columns: words, rows: words.map { [$0, $0, $0] }, scroll: 2, columnScroll: 1, marks: marks
        ).draw(into: &$0, in: $1)
      },
      { Panel("t", note: "n", hint: "h", marks: marks).draw(into: &$0, in: $1) },
      { Panel("t", note: "n", isCompact: true, marks: marks).draw(into: &$0, in: $1) },
    ]
  }

  @Test("Drawing stays in its area, on the canvas or partly off it", arguments: Marks.allCases)
  func staysInside(marks: Marks) {
    for (index, x) in Self.values.enumerated() {
      let y = Self.values[(index + 3) % Self.values.count]
      for draw in Self.plots(x, y, marks) + Self.plots(x, x, marks) + Self.widgets(x, marks) {
        for (width, height) in Self.sizes {
          check(draw, Rect(x: 2, y: 1, width: width, height: height), width + 4, height + 2)
        }
        check(draw, Rect(x: -7, y: -3, width: 30, height: 12), 20, 8)
        check(draw, Rect(x: 15, y: 6, width: 30, height: 12), 20, 8)
      }
    }
  }

  private func check(_ draw: Draw, _ area: Rect, _ columns: Int, _ rows: Int) {
    var canvas = Canvas.marked(columns, rows)
    draw(&canvas, area)
    var touched: [String] = []
    for y in 0..<rows {
      for x in 0..<columns where !area.contains(x: x, y: y) && canvas[x, y] != Canvas.marker {
        touched.append("(\(x), \(y))")
      }
    }
    #expect(touched.isEmpty, "area \(area): \(touched.prefix(5))")
    if let cursor = canvas.cursor { #expect(area.contains(x: cursor.x, y: cursor.y)) }
  }

  @Test("ASCII marks draw ASCII only")
  func asciiIsASCII() {
    for values in Self.values {
      for draw in Self.plots(values, values, .ascii) + Self.widgets(values, .ascii) {
        var canvas = Canvas(size: Size(columns: 60, rows: 20))
        draw(&canvas, canvas.bounds)
        #expect(canvas.cells.allSatisfy { $0.glyph.isASCII })
      }
    }
  }
}
