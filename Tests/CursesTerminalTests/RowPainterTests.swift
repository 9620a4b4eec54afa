import Testing

@testable import CursesTerminal

@Suite struct RowPainterTests {
  @Test("Runs cover every cell that differs, and few that do not")
  func runs() {
    let before = [Int](repeating: 0, count: 60)
    for changed in [[], [0], [59], [3, 4, 9], [3, 40], [0, 8, 17, 30, 59], Array(0..<60)] {
      var line = before
      for place in changed { line[place] = 1 }
      var covered: [Int] = []
      line.withUnsafeBufferPointer { line in
        before.withUnsafeBufferPointer { before in
          var start = 0
          while let run = RowPainter.run(of: line, unlike: before, from: start) {
            #expect(run.lowerBound >= start)
            #expect(line[run.lowerBound] == 1 && line[run.upperBound - 1] == 1)
            covered += Array(run)
            start = run.upperBound
          }
        }
      }
      #expect(Set(changed).isSubset(of: covered))
      #expect(covered.count <= 8 * changed.count)
    }
  }
}
