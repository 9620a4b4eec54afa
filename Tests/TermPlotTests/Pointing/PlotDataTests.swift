import Testing

@testable import TermPlot

@Suite struct PlotDataTests {
  private static func data(_ draw: (inout Canvas) -> Void) -> PlotData {
    var canvas = Canvas(size: Size(columns: 60, rows: 20))
    draw(&canvas)
    return PlotData(canvas.plots)
  }

  private static func rows(_ data: PlotData, _ series: String) -> [[Double]] {
    data.rows.filter { $0.series == series }.map(\.values)
  }

  /// Numbers of a row as text, so that what there is not compares.
  private static func text(_ rows: [[Double]]) -> [String] {
    rows.map { $0.map { $0.isNaN ? "-" : "\($0)" }.joined(separator: " ") }
  }

  @Test("A chart's curves, bands, levels and events are rows, without what is left out")
  func chart() {
    let data = Self.data { canvas in
      canvas.hiddenSeries = ["hidden"]
      LineChart(
        series: [
          .init("loss", x: [0, 10], y: [4, 1], role: .training),
          .init("band", x: [0], y: [3], upper: [5], role: .muted, form: .band),
          .init("hidden", x: [0], y: [9], role: .text),
        ], levels: [.init(0.5, label: "floor", role: .floor)],
        events: [.init(x: 7, label: "rate 0.01")]
      ).draw(into: &canvas, in: canvas.bounds)
    }
    #expect(Self.text(Self.rows(data, "loss")) == ["0.0 4.0 - - -", "10.0 1.0 - - -"])
    #expect(Self.text(Self.rows(data, "band")) == ["0.0 3.0 - 5.0 -"])
    #expect(Self.text(Self.rows(data, "floor")) == ["- 0.5 - - -"])
    #expect(Self.text(Self.rows(data, "rate 0.01")) == ["7.0 - - - -"])
    #expect(Self.rows(data, "hidden").isEmpty)
    #expect(Set(data.rows.map(\.seriesNumber)) == [1, 2, 3, 4])
  }

  @Test(
    "Bars have both edges, arrows both ends, fields their middles and values; plots are numbered")
  func others() {
    let data = Self.data { canvas in
      let (top, bottom) = canvas.bounds.splitTop(rows: 10)
      Histogram(
        bins: HistogramBins(edges: [0, 1, 3], counts: [2, 4]),
        curves: [.init("exact", x: [0.5], y: [3])], y: AxisSettings("points")
      ).draw(into: &canvas, in: top)
      let grid = ValueGrid(
        columns: 2, rows: 1, values: [7, .nan], x: AxisRange(0, 4), y: AxisRange(0, 2))
      ScatterPlot(layers: [
        .density(DensityLayer(grid)), .points(.init("points", x: [1], y: [2], role: .learned)),
        .arrows(.init("s", x: [1], y: [1], u: [0.5], v: [-1])),
        .letters(.init(x: [3], y: [1], glyphs: ["a"])),
      ]).draw(into: &canvas, in: bottom)
    }
    #expect(
      Self.text(Self.rows(data, "points").prefix(2).map { $0 }) == [
        "0.0 2.0 1.0 - -", "1.0 4.0 3.0 - -",
      ])
    #expect(Self.text(Self.rows(data, "exact")) == ["0.5 3.0 - - -"])
    #expect(Self.text(Self.rows(data, "field")) == ["1.0 1.0 - - 7.0", "3.0 1.0 - - -"])
    #expect(Self.text(Self.rows(data, "s")) == ["1.0 1.0 1.5 0.0 -"])
    #expect(Self.text(Self.rows(data, "a")) == ["3.0 1.0 - - -"])
    #expect(data.rows.first?.plot == 1 && data.rows.last?.plot == 2)
  }
}
