import Testing

@testable import TermPlot

/// Bars, large points and named places of a line chart, and greys.
@Suite struct BarTests {
  private func lines(_ chart: LineChart, columns: Int = 21, rows: Int = 9) -> [String] {
    var canvas = Canvas(size: Size(columns: columns, rows: rows))
    chart.draw(into: &canvas, in: canvas.bounds)
    return canvas.lines
  }

  @Test("Bars go from zero to their value, downwards for negative ones")
  func bars() {
    let chart = LineChart(
      series: [
        .init(
          "", x: [0, 1], y: [2, -1], role: .learned, form: .bars(width: 0.5, offset: 0),
          stroke: Stroke(.solid, ascii: "#"))
      ], x: AxisSettings(lower: -0.5, upper: 1.5), y: AxisSettings(lower: -2, upper: 2),
      marks: .ascii)
    let rows = lines(chart)
    // Seven rows of data from 2 at the top to -2 at the bottom, zero in the fourth.
    let left = rows.map { $0.prefix(12).contains("#") }
    let right = rows.map { $0.suffix(9).contains("#") }
    #expect(left == [true, true, true, true, false, false, false, false, false])
    #expect(right == [false, false, false, true, true, true, false, false, false])
  }

  @Test("Bars of a dashed stroke have fewer dots, so that they differ without colour")
  func wovenBars() {
    func dots(_ dash: Stroke.Dash) -> Int {
      let chart = LineChart(
        series: [
          .init(
            "", x: [0], y: [1], role: .learned, form: .bars(width: 1, offset: 0),
            stroke: Stroke(dash, ascii: "#"))
        ], x: AxisSettings(lower: -1, upper: 1), y: AxisSettings(lower: 0, upper: 1))
      return lines(chart).joined().unicodeScalars.filter { (0x2801...0x28FF).contains($0.value) }
        .map { ($0.value - 0x2800).nonzeroBitCount }.reduce(0, +)
    }
    #expect(dots(.dashed) > 0 && 2 * dots(.dashed) < dots(.solid))
  }

  @Test("Names stand in place of numbers, each under its place")
  func names() {
    var settings = AxisSettings(lower: -0.5, upper: 2.5)
    settings.names = ["one", "two", "three"]
    let ticks = settings.axis(covering: []).ticks(atMost: 5)
    #expect(ticks.map(\.label) == ["one", "two", "three"])
    #expect(ticks.map(\.value) == [0, 1, 2])
    #expect(settings.axis(covering: []).ticks(atMost: 2).map(\.label) == ["one", "three"])
    let chart = LineChart(
      series: [.init("", x: [0, 2], y: [0, 1], role: .learned)], x: settings, marks: .ascii)
    #expect(lines(chart, columns: 40).last?.contains("two") == true)
  }

  @Test("Points of a shape are larger than a dot, and differ in ASCII")
  func shapes() {
    func drawn(_ shape: ScatterPlot.Shape, _ marks: Marks) -> Canvas {
      let chart = LineChart(
        series: [.init("", x: [0, 1, 2], y: [0, 1, 2], role: .learned, form: .points(shape))],
        x: AxisSettings(lower: 0, upper: 2), y: AxisSettings(lower: 0, upper: 2), marks: marks)
      var canvas = Canvas(size: Size(columns: 21, rows: 9))
      chart.draw(into: &canvas, in: canvas.bounds)
      return canvas
    }
    #expect(drawn(.cross, .ascii).lines.joined().contains("x"))
    #expect(drawn(.plus, .ascii) != drawn(.cross, .ascii))
    #expect(drawn(.plus, .braille) != drawn(.dot, .braille))
  }

  @Test("Greys go from black to white under every theme, and are no steps of the colour map")
  func greys() {
    #expect(Ink.gray(0).grayStep == 0 && Ink.gray(1).grayStep == Ink.rampSteps - 1)
    #expect(Ink.gray(0.5).rampStep == nil && Ink.gray(0.5).role == nil)
    #expect(Ink.ramp(1).grayStep == nil && Ink.role(.trajectory).grayStep == nil)
    let theme = Theme.builtIn
    let luminances = (0..<Ink.rampSteps).map { step in
      theme.color(of: .gray(Double(step) / Double(Ink.rampSteps - 1))).relativeLuminance
    }
    #expect(zip(luminances, luminances.dropFirst()).allSatisfy { $0 < $1 })
    #expect(theme.color(of: .gray(1)) == RGB(238, 238, 238))
  }
}
