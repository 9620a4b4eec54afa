import ScoreCore
import ScoreLab
import Testing

@Suite struct HardPairTests {
  private func report(_ assignments: [String], threads: Int = 2) throws -> ExperimentReport {
    var run = try ExperimentConfiguration("hard_pair").setting(assignments)
      .makeRun(threads: threads, dataSource: DataFile())
    while !run.isFinished { try run.step() }
    return run.report
  }

  @Test(
    "Draws agree with every closed form",
    arguments: [
      ["samples=300", "repeats=1000"],
      ["eta=0.001", "separation=10000", "delta=0.01", "samples=3000", "repeats=400"],
      ["separation=3", "samples=30", "repeats=200"],
      ["eta=0.05", "separation=6", "time=0.5", "delta=0.02", "samples=30", "repeats=200"],
    ])
  func agrees(assignments: [String]) throws {
    let report = try report(assignments)
    for check in report.checks {
      #expect(check.outcome == .passed, "\(check.statement): \(check.measured ?? .nan)")
    }
  }

  @Test("In the paper's setting training fails often in L2 and never in D_delta")
  func figureOne() throws {
    let report = try report([
      "eta=0.001", "separation=10000", "delta=0.01", "samples=300", "repeats=200",
    ])
    let table = try #require(report.tables.first { $0.name == "failures" })
    let last = try #require(table.rows.last)
    guard case .number(let formula) = last[1], case .integer(let failures) = last[3],
      case .integer(let inQuantile) = last[7]
    else {
      Issue.record("the table has other cells")
      return
    }
    #expect(abs(formula - 0.3703535160780497) < 1e-9)
    #expect(failures > 0 && inQuantile == 0)
  }

  @Test("Below eta the wrong score fails in D_delta as often as in L2")
  func deltaBelowEta() throws {
    let report = try report(["delta=0.005", "samples=30", "repeats=200"])
    let table = try #require(report.tables.first { $0.name == "failures" })
    for row in table.rows { #expect(row[3] == row[7]) }
  }

  @Test("The report has the same bits whatever the threads")
  func threads() throws {
    let assignments = ["samples=100", "repeats=300"]
    // As text, because gaps of curves are NaN, which differs from itself.
    #expect(try "\(report(assignments, threads: 1))" == "\(report(assignments, threads: 3))")
  }
}
