import ScoreCore
import TestSupport
import Testing

@testable import ScoreClaims
@testable import ScoreLab

/// A new experiment is a folder and one line of the catalog; docs/EXTENDING.md shows ``SampleMean``.
@Suite struct NewExperimentTests {
  private func driver(
    store: any UnitStore = NoStore(), _ alter: (inout SampleMeanPlan) -> Void = { _ in }
  ) throws -> UnitDriver<SampleMeanPlan> {
    let setup = ExperimentSetup(
      run: RunConfiguration(), threads: 2, dataSource: DataFile(), store: store)
    var plan = SampleMean().makePlan(setup)
    alter(&plan)
    return try UnitDriver(claim: SampleMean.claim, plan: plan, setup: setup)
  }

  private func report(_ driver: UnitDriver<SampleMeanPlan>) throws -> ExperimentReport {
    var driver = driver
    while !driver.isFinished { try driver.step() }
    return driver.report
  }

  @Test("It is measured, its claim holds, and its parameters are read by name and range")
  func holds() throws {
    let report = try report(driver())
    #expect(report.failures == [] && report.verdict.answer == .held)
    #expect(report.figures.map(\.name) == ["error_against_n"])
    let entry = SampleMean.entry
    #expect(entry.name == "sample_mean" && entry.parameters.map(\.name) == ["variance", "repeats"])
    #expect(throws: ParameterError.self) {
      _ = try CatalogParameters(["repeats": .number(5)], describedBy: entry.parameters)
    }
  }

  @Test("An estimate that uses the first point alone fails both checks")
  func fails() throws {
    let report = try report(driver { $0.estimate = { $0.first ?? 0 } })
    #expect(report.failures.map(\.outcome) == [.failed, .failed])
    #expect(report.verdict.answer == .didNotHold)
  }

  @Test("Stopped after two units it resumes from its folder to the same report")
  func resumes() throws {
    let folder = try TemporaryFolder()
    var first = try driver(store: FolderStore(path: folder.path))
    for _ in 0..<2 { try first.step() }
    let second = try driver(store: FolderStore(path: folder.path))
    #expect(second.unitsDone == 2)
    #expect(try report(second) == report(driver()))
  }
}
