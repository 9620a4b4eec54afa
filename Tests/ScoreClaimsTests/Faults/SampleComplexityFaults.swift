import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let sampleComplexity = FaultSubject(
    experiment: "sample_complexity", healthy: { try report { _ in } },
    faults: [
      ExperimentFault(
        name: "errors that grow with the number of points", fails: ["slope_l2", "slope_d_delta"]
      ) {
        try report { run in
          run.replacement = { cell, _ in
            ShiftedScore(distribution: cell.distribution) { _, level in
              cell.trial.value / level.sigma
            }
          }
        }
      },
      ExperimentFault(
        name: "errors that grow like 1/sigma", fails: ["growth_d_delta"]
      ) {
        try report { run in
          run.replacement = { cell, _ in
            ShiftedScore(distribution: cell.distribution) { _, level in
              1 / (level.sigma * level.sigma)
            }
          }
        }
      },
      ExperimentFault(
        name: "errors that grow like 1/sigma but in the far part",
        fails: ["growth_l2_over_d_delta"]
      ) {
        try report { run in
          run.replacement = { cell, _ in
            ShiftedScore(distribution: cell.distribution) { x, level in
              x > 4 * level.alpha ? 100 / level.sigma : 0.01 / (level.sigma * level.sigma)
            }
          }
        }
      },
      ExperimentFault(name: "an L2 ten times too small in the records", fails: ["markov"]) {
        let driver = try run { _ in }
        var findings = driver.plan.findings(driver.records)
        findings.done[0].record.levels[0].errors[0].l2 /= 10
        return .of(findings.checks)
      },
    ])

  /// The exact score plus an error.
  private struct ShiftedScore: ScoreFunction {
    let distribution: any KnownScoreDistribution
    let shift: @Sendable (Double, NoiseLevel) -> Double
    var dimension: Int { distribution.dimension }

    func score(at x: Points, level: NoiseLevel) -> Points {
      var result = distribution.score(at: x, level: level)
      for index in result.values.indices { result.values[index] += shift(x.values[index], level) }
      return result
    }
  }

  private static func report(
    _ alter: (inout SampleComplexityPlan) -> Void
  ) throws -> ExperimentReport {
    try run(alter).report
  }

  private static func run(
    _ alter: (inout SampleComplexityPlan) -> Void
  ) throws -> UnitDriver<SampleComplexityPlan> {
    try ExperimentConfiguration("sample_complexity").setting([
      "first=20", "last=80", "values=4", "repeats=2", "steps=100", "patience=100",
      "run.network.hidden=[4]", "run.network.time_features=4", "run.optimizer.batch=16",
      "run.sampler.count=20", "run.sampler.steps=2", "run.probe.levels=6", "run.probe.points=1024",
    ]).finishedDriver(SampleComplexityPlan.self, alter)
  }
}
