import Testing

@testable import TermPlot

@Suite struct HistogramTests {
  @Test("Every finite value is in one bin or outside", arguments: AxisScale.allCases)
  func countsAddUp(scale: AxisScale) {
    var random = TestRandom(seed: 4)
    let values = (0..<1000).map { _ in random.uniform() * 4 - 1 } + [.nan, .infinity]
    let bins = HistogramBins(
      counting: values, on: Axis(AxisRange(0.1, 2), scale: scale), count: 17)
    #expect(bins.counts.reduce(0, +) + Double(bins.outside) == 1000)
    for (index, count) in bins.counts.enumerated() {
      let inside = values.filter {
        $0 >= bins.edges[index]
          && ($0 < bins.edges[index + 1] || index == 16 && $0 <= bins.edges[17])
      }
      #expect(Double(inside.count) == count)
    }
  }

  private func bars(_ counts: [Double], marks: Marks) -> [String] {
    let bins = HistogramBins(edges: (0...counts.count).map(Double.init), counts: counts)
    // Four columns are too few for axes.
    return Canvas.drawn(4, 2) { Histogram(bins: bins, marks: marks).draw(into: &$0, in: $1) }
  }

  @Test("Bars are as high as their counts, and none is too low to show")
  func heights() {
    #expect(bars([16, 8, 4, 0.001], marks: .braille) == ["█", "██▄▁"])
    #expect(bars([16, 12, 2, 0], marks: .braille) == ["█▄", "██▂"])
    #expect(bars([4, 3, 1, 0], marks: .ascii) == ["#.", "##."])
    #expect(bars([.nan, .infinity, -1, 2], marks: .ascii) == ["   #", "   #"])
  }

  @Test("Bins finer than columns show their largest")
  func fineBins() {
    #expect(bars([1, 4, 0, 0, 0, 0, 2, 0], marks: .ascii) == ["#", "#  #"])
  }

  private func marked(_ positions: [Double], width: Int) -> [String] {
    let markers = zip(positions, [("L2", "|"), ("D", "D"), ("Markov", "M")]).map { x, name in
      Histogram.Marker(
        x: x, label: name.0, role: .l2, glyph: "◆", ascii: name.1.unicodeScalars.first ?? "?")
    }
    let bins = HistogramBins(edges: [0, 5, 10], counts: [1, 2])
    return Canvas.drawn(width, 9) {
      Histogram(bins: bins, markers: markers, marks: .ascii).draw(into: &$0, in: $1)
    }
  }

  @Test("A marker's line stands above the bar of its value, its glyph below it, and bars are whole")
  func markerColumn() throws {
    let lines = marked([2], width: 23)
    let inner = PlotFrame(x: Axis(AxisRange(0, 10)), y: Axis(AxisRange(0, 2)), marks: .ascii)
      .layout(in: Rect(x: 0, y: 1, width: 23, height: 8)).inner
    let column = inner.x + Int(0.2 * Double(inner.width))
    for (row, line) in lines.enumerated() where row < inner.maxY {
      let cells = Array(line)
      // Where the bar is, the marked column is like its first.
      let isBar = cells[inner.x] != " " && cells[column] == cells[inner.x]
      #expect(isBar || cells[column] == "|", "row \(row)")
    }
    #expect(Array(lines[inner.maxY - 1])[column] == "#")
    #expect(Array(lines[inner.maxY])[column] == "|")
    #expect(lines[0].contains("|L2"))
  }

  @Test("Ticks stand where the bars of their values begin", arguments: [17, 23, 40])
  func ticks(width: Int) {
    let bins = HistogramBins(edges: [0, 2, 4, 6, 8, 10], counts: [0, 1, 0, 2, 0])
    var canvas = Canvas(size: Size(columns: width, rows: 9))
    let inner = Histogram(
      bins: bins, x: AxisSettings(lower: 0, upper: 10), marks: .ascii
    ).draw(into: &canvas, in: canvas.bounds)
    let bottom = (inner.x..<inner.maxX).map { canvas[$0, inner.maxY - 1].glyph == "#" }
    let starts = bottom.indices.filter { bottom[$0] && ($0 == 0 || !bottom[$0 - 1]) }
    #expect(starts.count == 2)
    let axis = (inner.x..<inner.maxX).map { canvas[$0, inner.maxY].glyph == "+" }
    let labels = canvas.lines[inner.maxY + 1]
    // Wherever 2 and 6 have ticks, a bar begins there.
    for (label, start) in zip(["2", "6"], starts) where labels.contains(label) {
      #expect(axis[start], "\(canvas.lines)")
    }
  }

  @Test("Markers at one value get a row each")
  func crowdedMarkers() {
    let text = marked([5, 5, 5], width: 40).prefix(3).joined(separator: "\n")
    for label in ["|L2", "D", "Markov"] { #expect(text.contains(label)) }
  }

  @Test("A marker beyond the axis is named with an arrow and has no line")
  func beyond() {
    let lines = marked([1, 2, 99], width: 40)
    #expect(lines.contains { $0.contains("Markov>") })
    #expect(!lines.suffix(5).contains { $0.contains("M") })
  }

  @Test("The curve is drawn over the bars in its own colour")
  func curve() {
    var canvas = Canvas(size: Size(columns: 40, rows: 12))
    let bins = HistogramBins(edges: [0, 1, 2], counts: [4, 4])
    let inner = Histogram(
      bins: bins, curves: [.init("exact", x: [0, 2], y: [2, 2])]
    ).draw(into: &canvas, in: canvas.bounds)
    let cells = (inner.x..<inner.maxX).map { x in
      (inner.y..<inner.maxY).map { canvas[x, $0] }.filter {
        $0.style.foreground == .role(.exact)
      }
    }
    #expect(cells.allSatisfy { $0.count == 1 && $0[0].style.background == .role(.learned) })
  }
}
