import ScoreCore
import ScoreTheory

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let earlyStopping = FaultSubject(
    experiment: "early_stopping", healthy: { try report { _ in } },
    faults: [
      ExperimentFault(
        name: "targets without noise",
        fails: ["overfits", "d_delta_turns", "fixed_overfits", "in_sample", "u_curve"]
      ) {
        try report { plan in
          let regression = plan.regression
          plan.targets = { _, x in x.map { regression.truth($0) } }
        }
      },
      ExperimentFault(name: "rules that never stop", fails: ["stopping_helps"]) {
        try report { plan in
          for place in plan.rules.indices { plan.rules[place].rule = NeverStopping() }
        }
      },
      ExperimentFault(name: "fresh noise that is not drawn again", fails: ["fresh_does_not"]) {
        try report { $0.isFresh = { _ in false } }
      },
    ])

  /// The last step.
  private struct NeverStopping: StoppingRule {
    func place(in course: StoppingCourse) -> Int? { course.steps.count - 1 }
  }

  private static func report(
    _ alter: (inout EarlyStoppingPlan) -> Void
  ) throws -> ExperimentReport {
    try ExperimentConfiguration.finished(
      "early_stopping", UnitDriverTests.small["early_stopping"] ?? [],
      changing: EarlyStoppingPlan.self, alter)
  }
}
