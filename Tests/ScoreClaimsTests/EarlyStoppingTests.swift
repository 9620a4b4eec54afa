import ScoreCore
import ScoreTheory
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct EarlyStoppingTests {
  private static let small = [
    "points=40", "repeats=8", "last_step=1000", "network_sets=2", "width=32", "network_steps=50",
  ]

  @Test("The report is the same for one and two threads")
  func threads() throws {
    let one = try ExperimentConfiguration.finished("early_stopping", Self.small, threads: 1)
    #expect(try "\(one)" == "\(ExperimentConfiguration.finished("early_stopping", Self.small))")
    #expect(one.faults.isEmpty)
  }

  @Test("Only the standard problem is compared with the independent computation")
  func reference() throws {
    let names = try ExperimentConfiguration.finished("early_stopping", Self.small).checks.map(
      \.name)
    #expect(names.contains("in_sample") && !names.contains("u_curve"))
  }

  @Test("The oracle loses nothing, and nobody less")
  func oracle() throws {
    let report = try ExperimentConfiguration.finished("early_stopping", Self.small)
    let rules = try #require(report.tables.first { $0.name == "rules" })
    let column = try #require(rules.columns.firstIndex(of: "regret"))
    let regrets = rules.rows.map { row in
      if case .number(let value) = row[column] { value } else { Double.nan }
    }
    #expect(regrets.first == 0 && regrets.allSatisfy { $0 >= 0 } && regrets.count == 9)
  }

  @Test("Steps of a course ascend from 0 to the last, and hold those of the tables")
  func steps() {
    for last in [20, 1000, 1_000_000, 12_345] {
      let steps = EarlyStopping.steps(to: last)
      #expect(steps.first == 0 && steps.last == last)
      #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 })
      #expect(EarlyStopping.tableSteps.allSatisfy { $0 > last || steps.contains($0) })
    }
  }
}
