import ScoreCore
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct ScheduleTests {
  @Test("On the line no fault shows with a briefly trained score, and the table is sorted")
  func line() throws {
    let report = try ExperimentConfiguration.finished(
      "schedules", ["training_steps=200", "paths=1000", "run.sampler.count=3000"])
    #expect(report.failures.allSatisfy { $0.kind == .claim }, "\(report.failures)")
    // The schedule of least divergence is not that of least error on these distributions.
    #expect(report.verdict.answer == .didNotHold)
    #expect(report.checks.contains { $0.basis == "an independent recursion" })
    let ranking = try #require(report.tables.first)
    // Seven schedules with two scores.
    #expect(ranking.rows.count == 14)
    let errors = ranking.rows.compactMap { row -> Double? in
      if case .number(let value) = row[2] { value } else { nil }
    }
    #expect(errors.count == 14)
    #expect(errors == errors.sorted())
    #expect(ranking.note.contains("With the learned score"))
    // NumPy: full transition matrices over -60...60. The first step of `cosine` throws points out
    // to a deviation of 6, and later ones bring them back.
    for (name, error) in [
      ("geometric", 0.0199985), ("cosine", 0.0252779), ("exponential_decay", 0.0270645),
      ("uniform", 0.231039),
    ] {
      let row = try #require(
        ranking.rows.first { $0[0] == .text("exact") && $0[1] == .text(name) })
      guard case .number(let found) = row[2] else {
        Issue.record("\(name) has an exact error.")
        continue
      }
      #expect(abs(found / error - 1) < 2e-3, "\(name): \(found)")
    }
  }

  @Test("In three dimensions the sliced distance ranks")
  func space() throws {
    let distribution =
      "{kind: gaussian_mixture, components: [{mean: [0, 0, 1], deviation: 0.5}, "
      + "{mean: [1, 1, 0], deviations: [0.5, 0.4, 0.3]}]}"
    let report = try ExperimentConfiguration.finished(
      "schedules",
      [
        "run.distribution=\(distribution)", "training_steps=0", "paths=1000",
        "run.sampler.count=1000",
        "run.sampler.steps=12", "variance=4",
      ])
    #expect(report.faults.isEmpty, "\(report.faults)")
    // What is not measured is no check.
    #expect(!report.checks.contains { $0.name == "variation_below_pinsker" })
    let ranking = try #require(report.tables.first)
    #expect(ranking.rows.count == 7)
    #expect(ranking.rows.allSatisfy { $0[2] == .none && $0[3] == .none && $0[6] != .none })
  }

  @Test("More steps than can be searched are refused")
  func refusal() {
    #expect(throws: ParameterError.self) {
      try ExperimentConfiguration("schedules").setting(["run.sampler.steps=401"])
        .makeDriver(dataSource: DataFile())
    }
  }
}
