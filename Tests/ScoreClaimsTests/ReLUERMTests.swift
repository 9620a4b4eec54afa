import ScoreCore
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct ReLUERMTests {
  private func report(_ assignments: [String], threads: Int = 2) throws -> ExperimentReport {
    var run = try ExperimentConfiguration("relu_erm").setting(assignments)
      .makeDriver(threads: threads, dataSource: DataFile())
    while !run.isFinished { try run.step() }
    return run.report
  }

  @Test("Without a far sample L2 is off, with one it is not, and D_delta never is")
  func claim() throws {
    for check in try report(["repeats=6", "steps=1500"]).checks {
      #expect(check.outcome == .passed, "\(check.statement): \(check.measured ?? .nan)")
    }
  }

  @Test("The report has the same bits whatever the threads")
  func threads() throws {
    let assignments = ["repeats=2", "steps=60"]
    // As text, because NaN differs from itself.
    #expect(try "\(report(assignments, threads: 1))" == "\(report(assignments, threads: 3))")
  }

  @Test(
    "A run that is no pair at one level is refused with the place",
    arguments: [
      (["run.distribution={kind: two_moons}"], "run.distribution.kind"),
      (["run.objective.levels=uniform_time"], "run.objective.levels"),
      (["run.training_set.count=19"], "run.training_set.count"),
      (["delta=0.0005"], "delta"),
    ])
  func refusals(assignments: [String], place: String) throws {
    let configuration = try ExperimentConfiguration("relu_erm").setting(assignments)
    let error = #expect(throws: ParameterError.self) {
      _ = try configuration.makeDriver(dataSource: DataFile())
    }
    #expect(error?.path.joined(separator: ".") == place)
  }

  @Test("The probe measures the wrong score of the pair as its closed forms do")
  func probe() throws {
    let run = try ExperimentConfiguration("relu_erm").setting([
      "run.distribution={kind: pair, eta: 0.05, separation: 4}", "delta=0.1",
    ]).run
    let setting = try ReLUERMSetting(run, delta: 0.1)
    let (pair, count) = (setting.pair, 20_000)
    let probe = PairProbe(setting, count: count, seed: 3)
    let outcome = probe.outcome(of: ExactScore(pair.second), delta: 0.1)
    let eta = pair.eta
    let squared = (1 - eta) * outcome.near + eta * outcome.far
    // Each part's mean has a relative error below sqrt(E h^4 / (E h^2)^2 / n), 1 % in the far and
    // 5 % in the near part, which carries a third of L2^2.
    #expect(abs(squared / pair.l2Squared(time: 0.5) - 1) < 0.1)
    #expect(abs(outcome.quantile / pair.quantileError(delta: 0.1, time: 0.5) - 1) < 0.05)
    for (delta, value) in zip(ReLUERMPlan.curveDeltas, outcome.curve) where delta > 0.002 {
      // The share of draws above the value estimated is delta, to five of its standard errors.
      let low = pair.quantileError(delta: min(0.9, delta * 1.1), time: 0.5)
      let high = pair.quantileError(delta: delta * 0.9, time: 0.5)
      #expect(value >= low && value <= high, "delta \(delta)")
    }
  }
}
