import Testing

@testable import TermPlot

@Suite struct LineChartTests {
  private func chart(_ series: [LineChart.Series], marks: Marks = .ascii) -> LineChart {
    LineChart(
      series: series, x: AxisSettings(lower: 0, upper: 4), y: AxisSettings(lower: 0, upper: 2),
      marks: marks)
  }

  @Test("A rising line rises")
  func rises() {
    let lines = Canvas.drawn(12, 8) {
      chart([.init("", x: [0, 4], y: [0, 2], role: .training)]).draw(into: &$0, in: $1)
    }
    #expect(
      lines == [
        "2+        **", " |       *", " |     **", "1+   **", " |  *", "0+**", " ++----+---+",
        "  0    2   4",
      ])
  }

  @Test("Steps go across, then up")
  func steps() {
    let lines = Canvas.drawn(12, 5) {
      chart([.init("", x: [0, 2, 4], y: [0, 1, 2], role: .training, form: .steps)])
        .draw(into: &$0, in: $1)
    }
    #expect(lines.prefix(3) == ["2+         *", " |     *****", "0+******"])
  }

  @Test("A point that is not finite breaks the line")
  func breaks() {
    var canvas = Canvas(size: Size(columns: 40, rows: 12))
    let inner = chart(
      [.init("", x: [0, 1, 2, 3, 4], y: [1, 1, .nan, 1, 1], role: .training)]
    ).draw(into: &canvas, in: canvas.bounds)
    let row = (inner.y..<inner.maxY).map { y in
      (inner.x..<inner.maxX).map { canvas[$0, y].glyph == "*" }
    }.first { $0.contains(true) }
    let drawn = row ?? []
    #expect(drawn.first == true && drawn.last == true)
    #expect(drawn[drawn.count / 2] == false)
  }

  @Test("Series differ without colour: by glyph in ASCII, by dash in braille")
  func seriesDiffer() {
    let glyphs = (0..<8).map { Stroke.standard($0).ascii }
    #expect(Set(glyphs).count == 8)
    let patterns = Stroke.Dash.allCases.map { dash in
      (0..<24).map { dash.isOn(halfColumn: $0) }
    }
    #expect(Set(patterns).count == patterns.count)
    let lines = Canvas.drawn(50, 10) {
      chart(
        [
          .init("training", x: [0, 4], y: [0, 2], role: .training),
          .init("held-out", x: [0, 4], y: [2, 0], role: .heldOut),
        ], marks: .braille
      ).draw(into: &$0, in: $1)
    }
    #expect(lines[0].hasSuffix("── training  ╌╌ held-out"))
  }

  @Test("A level has its label next to it and events theirs, none over another")
  func annotations() {
    let chart = LineChart(
      series: [.init("", x: [0, 100], y: [1, 0], role: .training)],
      levels: [.init(0.5, label: "floor", role: .floor)],
      events: [.init(x: 50, label: "lr"), .init(x: 52, label: "wd"), .init(x: 100, label: "ema")],
      marks: .ascii)
    let lines = Canvas.drawn(60, 16) { chart.draw(into: &$0, in: $1) }
    let text = lines.joined(separator: "\n")
    for label in [" floor", "vlr", "vwd", "emav"] { #expect(text.contains(label)) }
  }

  @Test("A band lies between its edges and beneath the lines")
  func bands() {
    var canvas = Canvas(size: Size(columns: 30, rows: 12))
    let inner = LineChart(
      series: [
        .init("", x: [0, 4], y: [1, 1], role: .exact),
        .init("", x: [0, 4], y: [0.5, 0.5], upper: [1.5, 1.5], role: .heldOut, form: .band),
      ], x: AxisSettings(lower: 0, upper: 4), y: AxisSettings(lower: 0, upper: 2)
    ).draw(into: &canvas, in: canvas.bounds)
    let middle = (inner.x..<inner.maxX).map { x in
      (inner.y..<inner.maxY).filter { canvas[x, $0].style.foreground == .role(.heldOut) }
    }
    for rows in middle {
      #expect(rows.allSatisfy { $0 >= inner.y + inner.height / 4 - 1 })
      #expect(rows.allSatisfy { $0 <= inner.y + 3 * inner.height / 4 + 1 })
      #expect(rows.count >= 2)
    }
    let lineCells = canvas.cells.filter { $0.style.foreground == .role(.exact) }
    #expect(lineCells.count == inner.width)
  }

  @Test("Points that are not positive are left out on a logarithmic axis")
  func logarithmic() {
    let chart = LineChart(
      series: [.init("", x: [0, 1, 2], y: [0, 1, 1000], role: .training)],
      y: AxisSettings(scale: .logarithmic), marks: .ascii)
    let axis = chart.frame.y
    // The data's 1...1000 with a margin of 4 % of three decades.
    #expect(axis.range.lower > 0.7 && axis.range.lower < 1)
    #expect(axis.range.upper > 1000 && axis.range.upper < 1400)
  }
}
