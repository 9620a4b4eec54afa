import ScoreCore

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
        try HardPairFaults.report { run in
          let pair = run.bench.pair
          run.gap = { pair.gap(at: $0, time: $1) + 1 }
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
    exactTime: Double = 0.05, quantileFactor: Double = 1,
    _ change: (inout HardPairRun) -> Void = { _ in }
  ) throws -> ExperimentReport {
    let bench = HardPairBench(
      pair: LowerBoundPair(eta: 0.01, separation: 10), time: 0.05, delta: 0.02, tolerance: 0.01,
      sampleCount: 100, repeats: 400)
    var other = bench
    other.time = exactTime
    var exact = HardPairValues(other)
    exact.quantiles.y = exact.quantiles.y.map { quantileFactor * $0 }
    var run = HardPairRun(bench: bench, seed: 5, threads: 2, exact: exact)
    change(&run)
    while !run.isFinished { run.step() }
    return run.report
  }
}
