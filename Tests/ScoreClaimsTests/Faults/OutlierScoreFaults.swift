import ScoreCore
import ScoreTheory

@testable import ScoreClaims
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
        try OutlierScoreFaults.report { plan in
          for place in plan.candidates.indices {
            let score = plan.candidates[place].score
            plan.candidates[place].error = { score.error(at: $0) + 1 }
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
    separation: Double = 100, _ alter: (inout OutlierScorePlan) -> Void = { _ in }
  ) throws -> ExperimentReport {
    try ExperimentConfiguration("outlier_score").setting([
      "separation=\(separation)", "slope=100", "repeats=400", "seed=5",
    ]).finishedDriver(OutlierScorePlan.self, alter).report
  }
}
