import ScoreCore
import Testing

@testable import ScoreLab

/// The way back through the runs that a run goes on from.
@Suite struct RunTreeTests {
  private func log(_ seeds: UInt64...) -> RunLog {
    var log = RunLog(start: RunConfiguration())
    for (index, seed) in seeds.enumerated() {
      var configuration = RunConfiguration()
      configuration.seed = seed
      log.entries.append(
        RunLog.Entry(executedSteps: 10 * (index + 1), action: .configure(configuration)))
    }
    return log
  }

  private func record(_ id: Int, after parent: RunPlace?, _ log: RunLog) -> RunRecord {
    RunRecord(id: RunID(id), parent: parent, log: log, executedSteps: 100)
  }

  private func place(_ run: Int, _ entries: Int) -> RunPlace {
    RunPlace(run: RunID(run), executedSteps: 10 * entries, entries: entries)
  }

  @Test("It goes through every run before, no later than each was left")
  func lineage() {
    let tree = RunTree([
      record(1, after: nil, log(1)), record(2, after: place(1, 1), log(1, 2)),
      record(3, after: place(2, 2), log(1, 2, 3)),
    ])
    #expect(tree.lineage(of: place(3, 3)) == [place(3, 3), place(2, 2), place(1, 1)])
    #expect(tree.lineage(of: place(3, 1)) == [place(3, 1), place(2, 1), place(1, 1)])
  }

  @Test("Runs that name each other end it, and a parent that is another run by now")
  func wrongParents() {
    let circle = RunTree([
      record(1, after: place(2, 1), log(1)), record(2, after: place(1, 1), log(1)),
    ])
    #expect(circle.lineage(of: place(1, 1)) == [place(1, 1), place(2, 1)])
    let other = RunTree([record(1, after: nil, log(9)), record(2, after: place(1, 1), log(1, 2))])
    #expect(other.lineage(of: place(2, 2)) == [place(2, 2)])
  }
}
