import ScoreClaims
import ScoreCore
import ScoreLab
import TestSupport
import Testing

@Suite struct WorkedExampleTests {
  @Test("The worked example of the documentation runs as it is printed there")
  func example() throws {
    // The example.
    let configuration = try ExperimentConfiguration("outlier_score").setting([
      "samples=50", "repeats=100",
    ])
    var driver = try configuration.makeDriver(dataSource: DataFile())
    while !driver.isFinished { try driver.step() }

    // The verdict on the claim, and what decided it.
    let report = driver.report
    let answer = report.verdict.answer
    let deciding = report.verdict.deciding?.statement
    // Its end.
    #expect(report.faults.isEmpty && report.checks.count > 3)
    #expect(deciding != nil || answer == .notTested)
    #expect(
      try WorkedExample.printed(for: "ScoreClaims", test: #filePath)
        == WorkedExample.tested(in: #filePath))
  }
}
