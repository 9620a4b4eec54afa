import Testing

@testable import TermPlot

@Suite struct DensityMapTests {
  static let unit = AxisRange(0, 1)

  @Test("Every point inside is counted once")
  func counts() {
    let grid = ValueGrid(
      countingX: [0, 0.1, 0.9, 1, 2, .nan], y: [0, 0.1, 0.9, 1, 0, 0], columns: 2, rows: 2,
      x: Self.unit, y: Self.unit)
    #expect(grid.values == [2, 0, 0, 2])
  }

  @Test("The mean over a grid of any size is that of the values")
  func resamplingKeepsTheMean() {
    let values = (0..<36).map(Double.init)
    let grid = ValueGrid(columns: 6, rows: 6, values: values, x: Self.unit, y: Self.unit)
    let axis = Axis(Self.unit)
    for side in [1, 2, 3, 6, 12] {
      let means = grid.resampled(columns: side, rows: side, x: axis, y: axis)
      let mean = means.reduce(0, +) / Double(means.count)
      #expect(abs(mean - 17.5) < 1e-12)
    }
    let beyond = grid.resampled(columns: 2, rows: 1, x: Axis(AxisRange(-1, 1)), y: axis)
    #expect(beyond[0].isNaN && abs(beyond[1] - 17.5) < 1e-12)
  }

  private func draw(_ layer: DensityLayer) -> Canvas {
    var canvas = Canvas(size: Size(columns: 2, rows: 1))
    layer.draw(into: &canvas, in: canvas.bounds, x: Axis(Self.unit), y: Axis(Self.unit))
    return canvas
  }

  @Test("A cell carries two values as colours, the upper above the lower")
  func halfBlocks() {
    let grid = ValueGrid(columns: 2, rows: 2, values: [0, 1, 1, 1], x: Self.unit, y: Self.unit)
    let canvas = draw(DensityLayer(grid))
    #expect(canvas[0, 0] == Cell("▀", Style(foreground: .ramp(1), background: .ramp(0))))
    #expect(canvas[1, 0].style.background == .ramp(1) && canvas[1, 0].glyph == " ")
  }

  @Test("Without colours the glyphs show the values")
  func shades() {
    let grid = ValueGrid(columns: 2, rows: 1, values: [0, 9], x: Self.unit, y: Self.unit)
    #expect(draw(DensityLayer(grid, marks: .ascii)).lines == [" @"])
    #expect(draw(DensityLayer(grid, isColored: false)).lines == [" █"])
  }

  @Test("A hole shows what is beneath")
  func holes() {
    let grid = ValueGrid(columns: 2, rows: 1, values: [.nan, 9], x: Self.unit, y: Self.unit)
    var canvas = Canvas.marked(2, 1)
    DensityLayer(grid).draw(
      into: &canvas, in: canvas.bounds, x: Axis(Self.unit), y: Axis(Self.unit))
    #expect(canvas[0, 0] == Canvas.marker && canvas[1, 0] != Canvas.marker)
  }

  @Test("The colour bar names its ends")
  func colorBar() {
    let grid = ValueGrid(columns: 2, rows: 1, values: [0.5, 12], x: Self.unit, y: Self.unit)
    let lines = Canvas.drawn(40, 8) {
      DensityMap(DensityLayer(grid, marks: .ascii), label: "density").draw(into: &$0, in: $1)
    }
    let bar = lines.last ?? ""
    #expect(bar.contains("density  0.5 ") && bar.hasSuffix("@ 12"))
  }
}
