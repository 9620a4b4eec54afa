import Testing

@testable import ScoreCore

@Suite struct BatchCutTests {
  @Test(
    "Rounds and passes have every row once, whole shards but for the last",
    arguments: [1, 63, 64, 65, 300, 512, 513, 700, 1024, 1400, 65_536], [1, 2, 3, 16])
  func everyRowOnce(rows: Int, threads: Int) {
    let cut = BatchCut(rows: rows, threads: threads)
    var next = 0
    for number in 0..<cut.rounds {
      let round = cut.round(number)
      #expect(round.lowerBound == next && !round.isEmpty)
      next = round.upperBound
      let passes = (round.count + cut.passRows - 1) / cut.passRows
      #expect(passes <= cut.passes)
    }
    #expect(next == rows)
    #expect(cut.roundRows % BatchPlan.shardRows == 0 && cut.passRows % BatchPlan.shardRows == 0)
  }

  @Test("Rounds do not depend on the threads, and passes give each of a few threads work")
  func threads() {
    for rows in [128, 256, 300, 1024] {
      let cuts = [1, 2, 4].map { BatchCut(rows: rows, threads: $0) }
      #expect(cuts.allSatisfy { $0.roundRows == cuts[0].roundRows })
      #expect(cuts[1].passes >= 2)
    }
  }
}
