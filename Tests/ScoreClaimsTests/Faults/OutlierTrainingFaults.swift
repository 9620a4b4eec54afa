import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let outlierTraining = FaultSubject(
    experiment: "outlier_training", healthy: { try OutlierTrainingFaults.report { _ in nil } },
    faults: [
      ExperimentFault(
        name: "the contaminated distribution's score in place of all networks",
        fails: ["clean_samples", "l2_ratio", "quantile_ratio", "huber_far_share", "huber_bias"]
      ) {
        try OutlierTrainingFaults.report { ExactScore($0.contaminated) }
      },
      ExperimentFault(
        name: "the clean distribution's score in place of all networks", fails: ["far_share"]
      ) {
        try OutlierTrainingFaults.report { ExactScore($0.distribution) }
      },
    ])
}

private enum OutlierTrainingFaults {
  // What is measured in place of every network; nil for the networks.
  static func report(
    _ score: @escaping (OutlierTrainingPlan) -> ExactScore?
  ) throws -> ExperimentReport {
    // Six training sets are the fewest with an interval.
    try ExperimentConfiguration("outlier_training").setting([
      "repeats=6", "steps=20", "run.training_set.count=200", "run.sampler.count=400",
      "run.sampler.steps=25", "run.probe.points=256", "run.probe.levels=4",
    ]).finishedDriver(OutlierTrainingPlan.self) { plan in
      if let score = score(plan) { plan.measuredScore = { _, _ in score } }
    }.report
  }
}
