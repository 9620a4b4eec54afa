import Glibc
import Testing

@testable import TermPlot

@Suite struct ScatterPlotTests {
  @Test("With equal aspect a dot is as far across as down", arguments: Marks.allCases)
  func equalAspect(marks: Marks) {
    let points = ScatterPlot.Points(x: [0, 10, 5], y: [0, 3, 1], role: .learned)
    let plot = ScatterPlot(layers: [.points(points)], marks: marks)
    for area in [Rect(x: 0, y: 0, width: 90, height: 24), Rect(x: 0, y: 0, width: 30, height: 30)] {
      let frame = plot.frame(in: area)
      let inner = frame.layout(in: area).inner
      let across = Double(inner.width * marks.dotsPerCell.x - 1) / frame.x.range.width
      let down = Double(inner.height * marks.dotsPerCell.y - 1) / frame.y.range.width
      // Wider labels may take one more column after the ranges are settled.
      #expect(abs(across / down - 1) < 0.05)
      #expect(frame.x.range.lower <= 0 && frame.x.range.upper >= 10)
    }
  }

  @Test("Points are where their coordinates say")
  func places() {
    let lines = Canvas.drawn(14, 7) {
      ScatterPlot(
        layers: [
          .points(.init(x: [0, 11, 5.5], y: [0, 9, 4.5], role: .learned)),
          .points(.init(x: [0, .nan], y: [9, 2], role: .exact, shape: .cross)),
        ], isEqualAspect: false, marks: .ascii
      ).draw(into: &$0, in: $1)
    }
    #expect(Array(lines[0])[2] == "x" && Array(lines[0])[13] == ".")
    #expect(Array(lines[4])[2] == ".")
  }

  @Test("Later layers lie over earlier ones")
  func order() {
    let path = ScatterPlot.Layer.paths(.init(x: [0, 1], y: [0, 1]))
    let points = ScatterPlot.Layer.points(.init(x: [0, 1], y: [0, 1], role: .learned))
    func corner(_ layers: [ScatterPlot.Layer]) -> Ink {
      var canvas = Canvas(size: Size(columns: 30, rows: 12))
      let inner = ScatterPlot(layers: layers, isEqualAspect: false)
        .draw(into: &canvas, in: canvas.bounds)
      return canvas[inner.x, inner.maxY - 1].style.foreground
    }
    #expect(corner([path, points]) == .role(.learned))
    #expect(corner([points, path]) == .role(.trajectory))
  }

  @Test("Paths of a length are not joined to each other")
  func pathsAreApart() {
    func cells(_ length: Int?) -> Int {
      var canvas = Canvas(size: Size(columns: 40, rows: 20))
      ScatterPlot(layers: [
        .paths(.init(x: [0, 0, 1, 1], y: [0, 1, 0, 1], length: length))
      ]).draw(into: &canvas, in: canvas.bounds)
      return canvas.cells.count { $0.style.foreground == .role(.trajectory) }
    }
    #expect(cells(2) < cells(nil))
  }

  @Test("Arrows point the way of their vectors", arguments: [Marks.braille, .ascii])
  func arrows(marks: Marks) {
    let angles = (0..<8).map { Double($0) * Double.pi / 4 }
    let x = (0..<8).map(Double.init)
    var canvas = Canvas(size: Size(columns: 60, rows: 12))
    ScatterPlot(
      layers: [
        .arrows(
          .init(
            x: x + [3], y: Array(repeating: 0, count: 9), u: angles.map(cos) + [.nan],
            v: angles.map(sin) + [1], role: .good))
      ], isEqualAspect: false, marks: marks
    ).draw(into: &canvas, in: canvas.bounds)
    let glyphs = canvas.cells.filter { $0.style.foreground == .role(.good) }.map(\.glyph)
    let expected = marks == .ascii ? ">/^\\</v\\" : "→↗↑↖←↙↓↘"
    #expect(glyphs == Array(expected.unicodeScalars))
  }

  @Test("An arrow is as long as its vector, up to the reach; a short one is a dot")
  func arrowLengths() {
    func columns(_ length: Double) -> [Unicode.Scalar] {
      var canvas = Canvas(size: Size(columns: 30, rows: 9))
      let arrows = ScatterPlot.Arrows(
        x: [2], y: [5], u: [length], v: [0], role: .good, longest: 4, reach: 5)
      ScatterPlot(
        layers: [.arrows(arrows)], x: AxisSettings(lower: 0, upper: 29),
        y: AxisSettings(lower: 0, upper: 10), isEqualAspect: false
      ).draw(into: &canvas, in: canvas.bounds)
      return canvas.cells.filter { $0.style.foreground == .role(.good) }.map(\.glyph)
    }
    // The head and the cells that its shaft starts in and runs through.
    #expect(columns(4).count == 5 && columns(4).last == "→")
    #expect(columns(40) == columns(4))
    #expect(columns(2).count == 3 && columns(2).last == "→")
    #expect(columns(0.4) == ["→"])
    #expect(columns(0.1) == ["·"])
    #expect(columns(0).isEmpty)
  }

  @Test("What is drawn over a scale of colours is black or white, whichever is seen there")
  func readable() {
    for role in [StyleRole.learned, .muted] {
      #expect(Ink.role(role).readable(on: .role(.background)) == .role(role))
      #expect(Ink.role(role).readable(on: .ramp(1)) == .gray(0))
      #expect(Ink.role(role).readable(on: .ramp(0)) == .gray(1))
      #expect(Ink.role(role).readable(on: .gray(0.1)) == .gray(1))
    }
    #expect(Ink.ramp(0.5).readable(on: .ramp(0.9)) == .ramp(0.5))
  }

  @Test("Point sets differ in shape, not only in colour")
  func shapes() {
    for marks in Marks.allCases {
      #expect(Set(ScatterPlot.Shape.allCases.map { $0.sample(marks) }).count == 4)
    }
    let patterns = ScatterPlot.Shape.allCases.map { shape in
      shape.offsets.map { [$0.x, $0.y] }.sorted { $0.lexicographicallyPrecedes($1) }
    }
    #expect(Set(patterns).count == 4)
  }
}
