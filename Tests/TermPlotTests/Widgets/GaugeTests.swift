import Testing

@testable import TermPlot

@Suite struct GaugeTests {
  @Test(
    "A gauge fills in proportion",
    arguments: [
      (0, "········"), (0.5, "████····"), (0.5625, "████▌···"), (1, "████████"), (7, "████████"),
      (-1, "········"), (.nan, "········"), (.infinity, "········"),
    ] as [(Double, String)])
  func fills(fraction: Double, line: String) {
    var canvas = Canvas.marked(8, 2)
    Gauge(fraction: fraction).draw(into: &canvas, in: canvas.bounds)
    #expect(canvas.lines == [line, "xxxxxxxx"])
  }

  @Test("The label stands after the bar, or alone where there is no room for both")
  func label() {
    #expect(
      Canvas.drawn(10, 1) {
        Gauge(fraction: 0.5, label: "50%", marks: .ascii).draw(into: &$0, in: $1)
      } == ["###... 50%"])
    #expect(
      Canvas.drawn(5, 1) { Gauge(fraction: 0.5, label: "50%").draw(into: &$0, in: $1) }
        == ["50%"])
  }

  @Test("A sparkline shows the last values, highest to lowest, with gaps")
  func sparkline() {
    #expect(
      Canvas.drawn(5, 1) { Sparkline([9, 0, .nan, 7, 1, 3]).draw(into: &$0, in: $1) }
        == ["▁ █▂▄"])
    #expect(
      Canvas.drawn(5, 1) {
        Sparkline([0, 7], marks: .ascii).draw(into: &$0, in: $1)
      } == ["   _@"])
  }
}
