import ScoreClaims
import ScoreCore
import ScoreLab
import Testing

@Suite struct OutlierTrainingTests {
  private func report(_ assignments: [String], threads: Int = 2) throws -> ExperimentReport {
    var run = try ExperimentConfiguration("outlier_training").setting(assignments)
      .makeDriver(threads: threads, dataSource: DataFile())
    while !run.isFinished { try run.step() }
    return run.report
  }

  private func number(_ cell: ReportTable.Cell) -> Double {
    if case .number(let value) = cell { value } else { .nan }
  }

  @Test("The loss's old key is refused with its name of today")
  func renamedKey() {
    #expect {
      try ExperimentConfiguration("outlier_training").setting(["clip=1"])
    } throws: {
      "\($0)" == "--set: clip is now huber_length"
    }
  }

  @Test("Outliers are learned by the squared loss, and less by Huber's")
  func outliersAreLearned() throws {
    let report = try report([
      "repeats=2", "steps=1500", "run.sampler.count=1000", "run.probe.points=256",
    ])
    let table = try #require(report.tables.first)
    #expect(table.rows.count == 10)
    // Columns: share, loss, then L2, D, W1 and the share far out, each with two ends.
    #expect(number(table.rows[0][11]) == 0)
    let (squared, huber) = (number(table.rows[8][11]), number(table.rows[9][11]))
    // 5% of the training points; four standard errors of 2000 draws are 2%, and training is short.
    #expect(squared > 0.02 && squared < 0.08)
    #expect(huber < squared)
    #expect(number(table.rows[8][8]) > 3 * number(table.rows[0][8]))
  }

  @Test("In the plane samples are compared by the sliced distance")
  func plane() throws {
    let report = try report([
      "run.distribution={kind: two_moons}", "repeats=2", "steps=40", "run.sampler.count=100",
      "run.sampler.steps=10", "run.probe.points=64", "run.probe.levels=2",
    ])
    let table = try #require(report.tables.first)
    #expect(table.columns.contains("sliced W1"))
    for row in table.rows { #expect(number(row[8]).isFinite) }
  }

  @Test("The report has the same bits whatever the threads")
  func threads() throws {
    let assignments = [
      "repeats=2", "steps=30", "run.sampler.count=60", "run.sampler.steps=5",
      "run.probe.points=64", "run.probe.levels=2",
    ]
    // As text, because NaN differs from itself.
    #expect(try "\(report(assignments, threads: 1))" == "\(report(assignments, threads: 3))")
  }

  @Test("Fresh data, of which no share can be outliers, are refused with the place")
  func refusal() throws {
    let configuration = try ExperimentConfiguration("outlier_training")
      .setting(["run.training_set.count=unlimited"])
    let error = #expect(throws: ParameterError.self) {
      _ = try configuration.makeDriver(dataSource: DataFile())
    }
    #expect(error?.path == ["run", "training_set", "count"])
  }
}
