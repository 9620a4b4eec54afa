import ScoreCore
import Testing

@testable import ScoreLab

@Suite struct CertificateTests {
  @Test("A briefly trained run passes every check")
  func trained() throws {
    let report = try ExperimentConfiguration.finished(
      "certificate",
      ["training_steps=300", "paths=3000", "run.sampler.count=5000", "run.sampler.steps=60"])
    #expect(report.failures.isEmpty, "\(report.failures)")
    let terms = try #require(report.tables.first)
    #expect(terms.rows.allSatisfy { $0[1] != .none })
  }

  @Test("The exact score has no score term, in the plane as on the line")
  func exact() throws {
    let report = try ExperimentConfiguration.finished(
      "certificate",
      [
        "training_steps=0", "paths=1000", "run.sampler.count=2000", "run.sampler.steps=40",
        "run.distribution={kind: ring_of_gaussians}",
      ])
    #expect(report.failures.isEmpty, "\(report.failures)")
    #expect(report.checks.contains { $0.statement == "score term of the exact score" })
  }

  @Test("Another process is refused")
  func refusal() {
    #expect(throws: ParameterError.self) {
      try ExperimentConfiguration("certificate").setting(["run.process={kind: ve}"])
        .makeRun(dataSource: DataFile())
    }
  }
}
