import Testing

@testable import TermPlot

@Suite struct PlotFrameTests {
  static let frame = PlotFrame(
    x: Axis(AxisRange(0, 10), title: "step"), y: Axis(AxisRange(0, 1), title: "loss"),
    hasGrid: false)

  private func lines(_ columns: Int, _ rows: Int) -> [String] {
    Canvas.drawn(columns, rows) { Self.frame.draw(into: &$0, in: $1) }
  }

  @Test("A frame has titles, labels and ticks under the places they name")
  func full() {
    #expect(
      lines(25, 10) == [
        "loss",
        "1.0┤",
        "   │",
        "   │",
        "0.5┤",
        "   │",
        "  0┤",
        "   └┬─────────┬─────────┬",
        "    0         5        10",
        "            step",
      ])
  }

  @Test("In little room titles go first, then labels, then axes")
  func degrades() {
    #expect(lines(25, 9).last == "    0         5        10")
    #expect(
      lines(25, 5) == [
        "1┤", " │", "0┤", " └┬──────────┬──────────┬", "  0          5         10",
      ])
    #expect(lines(25, 3) == ["1┤", "0┤", " └───────────────────────"])
    #expect(lines(25, 2).allSatisfy { !$0.contains("─") })
    #expect(Self.frame.layout(in: Rect(x: 0, y: 0, width: 3, height: 2)).inner.width == 3)
  }

  @Test("The rectangle that is left is what the frame does not draw on")
  func innerIsFree() {
    for (columns, rows) in [(1, 1), (5, 2), (12, 4), (40, 12), (90, 30)] {
      var canvas = Canvas.marked(columns, rows)
      let inner = Self.frame.draw(into: &canvas, in: canvas.bounds)
      #expect(inner.intersection(canvas.bounds) == inner)
      for y in inner.y..<inner.maxY {
        for x in inner.x..<inner.maxX { #expect(canvas[x, y] == Canvas.marker) }
      }
    }
  }
}
