import Testing

@testable import ScoreCore

@Suite struct BatchCutTests {
  @Test(
    "Rounds, lanes and passes have every row once and in order, each from a whole shard on",
    arguments: [1, 63, 64, 65, 128, 129, 300, 512, 513, 700, 1024, 1400, 65_536], [1, 2, 3, 16])
  func everyRowOnce(rows: Int, threads: Int) {
    let cut = BatchCut(rows: rows, threads: threads)
    var next = 0
    for round in 0..<cut.rounds {
      for lane in 0..<cut.lanes {
        let own = cut.rows(ofRound: round, lane: lane)
        for pass in 0..<cut.passes {
          let part = cut.rows(ofPass: pass, in: own)
          guard !part.isEmpty else { continue }
          #expect(part.lowerBound == next && next % BatchPlan.shardRows == 0)
          next = part.upperBound
        }
        #expect(own.isEmpty || next == own.upperBound)
      }
    }
    #expect(next == rows)
  }

  @Test("Rounds and lanes do not depend on the threads; passes give each of a few threads work")
  func threads() {
    for rows in [128, 256, 300, 1024] {
      let cuts = [1, 2, 4].map { BatchCut(rows: rows, threads: $0) }
      #expect(cuts.allSatisfy { $0.roundRows == cuts[0].roundRows && $0.lanes == 2 })
    }
    #expect(BatchCut(rows: 1024, threads: 4).passes == 2)
  }
}
