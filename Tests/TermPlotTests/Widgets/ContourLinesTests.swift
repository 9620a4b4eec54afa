import Testing

@testable import TermPlot

/// Lines of equal value lie where a function has it.
@Suite struct ContourLinesTests {
  private func grid(_ function: (Double, Double) -> Double) -> ValueGrid {
    let side = 40
    let values = (0..<side * side).map { index in
      let (column, row) = (index % side, index / side)
      return function(
        -2 + 4 * (Double(column) + 0.5) / Double(side), -2 + 4 * (Double(row) + 0.5) / Double(side))
    }
    return ValueGrid(
      columns: side, rows: side, values: values, x: AxisRange(-2, 2), y: AxisRange(-2, 2))
  }

  @Test("Around a peak they are circles, each piece whole")
  func circles() {
    let lines = ContourLines(at: [1, 2.25], through: grid { $0 * $0 + $1 * $1 })
    #expect(lines.x.count == lines.y.count && lines.x.count % 3 == 0 && !lines.x.isEmpty)
    var (inner, outer) = (0, 0)
    for piece in stride(from: 0, to: lines.x.count, by: 3) {
      #expect(lines.x[piece + 2].isNaN && lines.y[piece + 2].isNaN)
      for end in [piece, piece + 1] {
        let radius = (lines.x[end] * lines.x[end] + lines.y[end] * lines.y[end]).squareRoot()
        if radius < 1.25 { inner += 1 } else { outer += 1 }
        // A chord of the square over a field of 0.1 is off by at most 2 0.1^2 / 8, and r^2 has the
        // slope 2 r.
        #expect(min(abs(radius - 1), abs(radius - 1.5)) < 0.00126)
      }
    }
    #expect(inner > 40 && outer > inner)
  }

  @Test("Two lines that nearly meet stay apart, and holes have none")
  func saddle() {
    let lines = ContourLines(at: [0.01], through: grid { $0 * $1 })
    for index in lines.x.indices where lines.x[index].isFinite {
      // On both branches the signs agree.
      #expect(lines.x[index] * lines.y[index] > 0)
    }
    #expect(ContourLines(at: [0.5], through: grid { _, _ in .nan }).x.isEmpty)
    let one = ValueGrid(columns: 1, rows: 1, values: [1], x: AxisRange(0, 1), y: AxisRange(0, 1))
    #expect(ContourLines(at: [1], through: one).x.isEmpty)
  }
}
