import TermPlot

extension Canvas {
  /// A canvas full of `x`, so that a cell a widget should not touch shows.
  static func marked(_ columns: Int, _ rows: Int) -> Canvas {
    var canvas = Canvas(size: Size(columns: columns, rows: rows))
    canvas.fill(canvas.bounds, with: marker)
    return canvas
  }

  static let marker = Cell("x", Style(.error))

  /// What a drawing leaves on a blank canvas, row by row, without blanks at the end.
  static func drawn(_ columns: Int, _ rows: Int, _ draw: (inout Canvas, Rect) -> Void) -> [String] {
    var canvas = Canvas(size: Size(columns: columns, rows: rows))
    draw(&canvas, canvas.bounds)
    return canvas.lines.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}

/// Small reproducible numbers for tests.
struct TestRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number in 0..<1.
  mutating func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / 9_007_199_254_740_992
  }
}
