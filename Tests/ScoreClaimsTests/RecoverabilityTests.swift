import ScoreClaims
import ScoreCore
import ScoreLab
import Testing

@Suite struct RecoverabilityTests {
  private static let small = [
    "repeats=2", "steps=40", "kernel_points=4", "gradient_draws=16", "run.network.hidden=[8]",
    "run.network.time_features=4", "run.optimizer.batch=16", "run.sampler.count=60",
    "run.sampler.steps=5", "run.probe.points=64", "run.probe.levels=3",
  ]

  private func report(_ assignments: [String] = [], threads: Int = 2) throws -> ExperimentReport {
    var run = try ExperimentConfiguration("recoverability").setting(Self.small + assignments)
      .makeDriver(threads: threads, dataSource: DataFile())
    while !run.isFinished { try run.step() }
    return run.report
  }

  private func number(_ cell: ReportTable.Cell) -> Double {
    if case .number(let value) = cell { value } else { .nan }
  }

  @Test("sigma_squared is the constant weighting where the target is the noise")
  func sameWeighting() throws {
    let table = try #require(try report().tables.first { $0.name == "weightings" })
    // Nine weightings, then exact score, zero and one Gaussian.
    #expect(table.rows.count == 12)
    for column in 1..<table.columns.count {
      #expect("\(table.rows[0][column])" == "\(table.rows[7][column])", "\(column)")
      #expect("\(table.rows[0][column])" != "\(table.rows[1][column])" || column % 3 != 1)
    }
  }

  @Test("The exact score has no excess, and no score has what the noisy point tells")
  func baselines() throws {
    let report = try report(["run.probe.points=4096"])
    let table = try #require(report.tables.first { $0.name == "weightings" })
    #expect(number(table.rows[9][1]) == 0 && number(table.rows[9][4]) == 0)
    let levels = try #require(report.tables.first { $0.name == "levels" })
    // The zero score's excess of the noise is sigma^2 E||s||^2, the share of d = 2 that is told.
    let told = levels.rows.map { number($0[2]) }
    let found = (number(table.rows[10][1]), number(table.rows[10][4]))
    let high = told.filter { $0 >= 0.5 }
    let low = told.filter { $0 < 0.5 }
    // Geometric means over seeds of means over levels; 2,048 draws there and 4,096 here.
    #expect(abs(found.0 / (2 * high.reduce(0, +) / Double(high.count)) - 1) < 0.05)
    #expect(abs(found.1 - 2 * low.reduce(0, +) / Double(low.count)) < 0.02)
  }

  @Test("The report has the same bits whatever the threads")
  func threads() throws {
    // As text, because NaN differs from itself.
    #expect(try "\(report(threads: 1))" == "\(report(threads: 3))")
  }

  @Test("Data that are not in the plane are refused with the place")
  func refusal() throws {
    let configuration = try ExperimentConfiguration("recoverability")
      .setting(["run.distribution={kind: laplace}"])
    let error = #expect(throws: ParameterError.self) {
      _ = try configuration.makeDriver(dataSource: DataFile())
    }
    #expect(error?.path == ["run", "distribution"])
  }
}
