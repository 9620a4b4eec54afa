import TermPlot
import TestSupport
import Testing

@Suite struct WorkedExampleTests {
  @Test("The worked example of the documentation runs as it is printed there")
  func example() throws {
    // The example.
    var canvas = Canvas(size: Size(columns: 40, rows: 10))
    let steps = (0...50).map { Double($0) }
    let chart = LineChart(
      series: [.init("loss", x: steps, y: steps.map { 1 / (1 + $0) }, role: .training)],
      x: AxisSettings("step"))
    chart.draw(into: &canvas, in: canvas.bounds)
    let text = canvas.lines.joined(separator: "\n")
    // Its end.
    #expect(canvas.lines.count == 10)
    #expect(text.contains("loss") && text.contains("step"))
    #expect(
      try WorkedExample.printed(for: "TermPlot", test: #filePath)
        == WorkedExample.tested(in: #filePath))
  }
}
