import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let hardPair = FaultSubject(
    experiment: "hard_pair", healthy: { try HardPairFaults.report() },
    faults: [
      ExperimentFault(
        name: "far part drawn 30 times as often",
        fails: [
          "l2_failures", "l2_draws", "total_variation_draws", "divergence_draws", "quantile_draws",
          "quantile_sweep", "l2_sweep", "wrong_choice",
        ]
      ) {
        try HardPairFaults.report { $0.drawnPair = LowerBoundPair(eta: 0.3, separation: 10) }
      },
      ExperimentFault(
        name: "wrong score off by 1 everywhere",
        fails: [
          "quantile_failures", "quantile_failures_formula", "quantile_draws", "quantile_sweep",
          "l2_sweep",
        ]
      ) {
        try HardPairFaults.report { plan in
          let pair = plan.values.pair
          plan.gap = { pair.gap(at: $0, time: $1) + 1 }
        }
      },
      ExperimentFault(name: "closed forms of another time", fails: ["de_bruijn"]) {
        try HardPairFaults.report(exactTime: 0.1)
      },
      ExperimentFault(name: "records of D_delta doubled", fails: ["markov"]) {
        try HardPairFaults.report(quantileFactor: 2)
      },
    ])
}

private enum HardPairFaults {
  static func report(
    exactTime: Double? = nil, quantileFactor: Double = 1,
    _ alter: (inout HardPairPlan) -> Void = { _ in }
  ) throws -> ExperimentReport {
    try ExperimentConfiguration("hard_pair").setting(["samples=100", "repeats=400", "seed=5"])
      .finishedDriver(HardPairPlan.self) { plan in
        var other = plan.values
        other.time = exactTime ?? other.time
        plan.exact = HardPairValues(other)
        plan.exact.quantiles.y = plan.exact.quantiles.y.map { quantileFactor * $0 }
        alter(&plan)
      }.report
  }
}
