import Testing

@testable import TermPlot

/// Values show by colour and without it.
@Suite struct ValuedPointsTests {
  private func drawn(_ marks: Marks, isColored: Bool, _ values: [Double]) -> Canvas {
    let places = values.indices.map(Double.init)
    let points = ValuedPoints(
      "error", x: places, y: values.map { _ in 0 }, values: values,
      axis: Axis(AxisRange(1, 1000), scale: .logarithmic), marks: marks, isColored: isColored)
    var canvas = Canvas(size: Size(columns: values.count, rows: 1))
    points.draw(
      into: &canvas, in: canvas.bounds, x: Axis(AxisRange(0, Double(values.count - 1))),
      y: Axis(AxisRange(-1, 1)))
    return canvas
  }

  @Test("Without colours or braille a point is a digit along the scale", arguments: Marks.allCases)
  func digits(marks: Marks) {
    let canvas = drawn(marks, isColored: false, [0, 1, 10, 31.7, 999, 1e6])
    #expect(canvas.lines == ["003599"])
    if marks != .braille {
      let colored = drawn(marks, isColored: true, [0, 1, 10, 31.7, 999, 1e6])
      #expect(colored.lines == ["003599"])
      #expect(colored[5, 0].style.foreground == .ramp(1))
    }
  }

  @Test("In braille the colour follows the value and larger values have more dots")
  func braille() {
    let canvas = drawn(.braille, isColored: true, [1, 10, 100, 1000])
    let dots: [Int] = canvas.cells.map { cell in
      let pattern: UInt32 = cell.glyph.value - 0x2800
      return pattern.nonzeroBitCount
    }
    let inks: [Ink] = [.ramp(0.4), .ramp(0.6), .ramp(0.8), .ramp(1)]
    #expect(canvas.cells.map(\.style.foreground) == inks)
    #expect(dots[0] == 1)
    #expect(dots[2] > dots[1])
    #expect(dots[3] >= dots[2])
  }

  @Test("Where two points share a cell the larger value shows, whatever their order")
  func largerCovers() {
    for values in [[1, 999.0], [999, 1.0]] {
      let points = ValuedPoints(
        "e", x: [0, 0], y: [0, 0], values: values,
        axis: Axis(AxisRange(1, 1000), scale: .logarithmic), marks: .ascii, isColored: false)
      var canvas = Canvas(size: Size(columns: 1, rows: 1))
      points.draw(
        into: &canvas, in: canvas.bounds, x: Axis(AxisRange(-1, 1)), y: Axis(AxisRange(-1, 1)))
      #expect(canvas.lines == ["9"])
    }
  }

  @Test("A value that is not finite is not drawn, and the scale names its ends")
  func edges() {
    #expect(drawn(.ascii, isColored: false, [.nan, .infinity, 10]).lines == ["  3"])
    let points = ValuedPoints(
      "error", x: [], y: [], values: [], axis: Axis(AxisRange(0.5, 20), scale: .logarithmic),
      marks: .ascii, isColored: false)
    var canvas = Canvas(size: Size(columns: 40, rows: 1))
    points.drawScale(into: &canvas, in: canvas.bounds)
    #expect(canvas.lines[0].contains("error  0.5 0") && canvas.lines[0].contains("9 20"))
  }
}
