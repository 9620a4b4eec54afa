import ScoreCore
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct NoiseLevelsTests {
  private static let small = [
    "first_points=20", "last_points=80", "values=2", "repeats=400", "miss_share=0.5",
    "memorized=3", "levels=4",
  ]

  private func report(_ assignments: [String] = [], threads: Int = 2) throws -> ExperimentReport {
    try ExperimentConfiguration.finished("noise_levels", Self.small + assignments, threads: threads)
  }

  @Test("The report is the same for one and two threads, and its agreements hold")
  func threads() throws {
    let report = try report()
    #expect(try report == self.report(threads: 1))
    #expect(report.faults.isEmpty)
  }

  @Test("Every check is open before the last unit and none after it")
  func openChecks() throws {
    var run = try ExperimentConfiguration("noise_levels").setting(Self.small)
      .makeDriver(dataSource: DataFile())
    while !run.isFinished {
      #expect(run.report.checks.allSatisfy { $0.outcome == .open })
      try run.step()
    }
    #expect(!run.report.checks.contains { $0.outcome == .open })
  }

  @Test("The claim holds, with more data sets, for data of another deviation")
  func held() throws {
    let report = try report(["variance=9", "repeats=4000", "last_points=320", "first_time=1e-5"])
    #expect(report.verdict.answer == .held, "\(report.failures)")
  }

  @Test("The memorising score is off by the distance to the nearest point over sigma")
  func memorizing() throws {
    let configuration = try ExperimentConfiguration("noise_levels").setting(Self.small)
    let driver = try #require(
      configuration.makeDriver(dataSource: DataFile()) as? UnitDriver<NoiseLevelsPlan>)
    let points = Points(rows: [[-1], [0.5], [2]])
    let level = NoiseLevel(alpha: 1, sigma: 0.01)
    let score = driver.plan.memorizer(points).score(
      at: Points(rows: [[0.6], [-1.2]]), level: level)
    // The other points are more than 80 deviations further away.
    #expect(abs(score[0, 0] + 0.1 / 1e-4) < 1e-8 && abs(score[1, 0] - 0.2 / 1e-4) < 1e-8)
  }

  @Test(
    "Values that do not fit are refused with the place",
    arguments: [
      (["first_points=80"], "first_points"), (["repeats=200"], "repeats"),
      (["first_time=1", "last_time=0.1"], "first_time"),
    ])
  func refusals(assignments: [String], place: String) throws {
    do {
      _ = try report(assignments)
      Issue.record("nothing was refused")
    } catch { #expect("\(error)".contains(place)) }
  }
}
