import ScoreCore

@testable import ScoreLab

extension FaultSubject {
  static let outlierScore = FaultSubject(
    experiment: "outlier_score", healthy: { try OutlierScoreFaults.report() },
    faults: [
      ExperimentFault(
        name: "wrong scores off by 1 everywhere",
        fails: [
          "unnoticed", "quantile_error", "mixture_gap", "ramp_gap", "mixture_quantile",
          "ramp_quantile",
        ]
      ) {
        try OutlierScoreFaults.report { run in
          for place in run.candidates.indices {
            let score = run.candidates[place].score
            run.candidates[place].error = { score.error(at: $0) + 1 }
          }
        }
      },
      ExperimentFault(name: "a far part that is near", fails: ["population_error"]) {
        try OutlierScoreFaults.report(separation: 10)
      },
      ExperimentFault(
        name: "samples of deviation 0.5",
        fails: ["unseen_share", "unnoticed_bound", "beyond_share"]
      ) {
        try OutlierScoreFaults.report { $0.deviation = 0.5 }
      },
    ])
}

private enum OutlierScoreFaults {
  static func report(
    separation: Double = 100, _ change: (inout OutlierScoreRun) -> Void = { _ in }
  ) throws -> ExperimentReport {
    let b = 3.7169
    var run = OutlierScoreRun(
      bench: OutlierScoreBench(
        mixture: OutlierScore(.mixture(separation: separation), switchPoint: b),
        ramp: OutlierScore(.ramp(slope: 100), switchPoint: b), sampleCount: 1000, delta: 0.025,
        repeats: 400), seed: 5)
    change(&run)
    while !run.isFinished { run.step() }
    return run.report
  }
}
