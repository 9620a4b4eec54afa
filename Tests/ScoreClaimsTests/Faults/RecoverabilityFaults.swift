import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let recoverability = FaultSubject(
    experiment: "recoverability", healthy: { try RecoverabilityFaults.report { _ in } },
    faults: [
      ExperimentFault(
        name: "no score in place of erd's networks, one near the exact one in place of all others",
        fails: [
          "erd_transport", "erd_variation", "erd_over_min_snr", "erd_over_p2", "two_rules",
          "recoverable_excess",
        ]
      ) {
        try RecoverabilityFaults.report { plan in
          let near = NearScore(exact: ExactScore(plan.distribution), factor: 1.02)
          plan.measuredScore = { _, name in
            name == "erd" ? NearScore(exact: near.exact, factor: 0) : near
          }
        }
      },
      ExperimentFault(
        name: "no score half way, and the exact one at the end", fails: ["whole_loss"]
      ) {
        try RecoverabilityFaults.report { plan in
          let exact = ExactScore(plan.distribution)
          plan.followedScore = { _, isEnd in
            NearScore(exact: exact, factor: isEnd ? 1.01 : 0)
          }
        }
      },
      ExperimentFault(name: "the same score half way and at the end", fails: ["hidden_excess"]) {
        try RecoverabilityFaults.report { plan in
          let exact = ExactScore(plan.distribution)
          plan.followedScore = { _, _ in NearScore(exact: exact, factor: 0.9) }
        }
      },
      ExperimentFault(
        name: "a network without weights at low noise, whose kernel has rank two",
        fails: ["tangent_rank"]
      ) {
        try RecoverabilityFaults.report { plan in
          plan.lookedAt = { network, level in level.sigma < 0.5 ? network.empty : network }
        }
      },
      // It predicts 0, and the noise is as large at every level.
      ExperimentFault(name: "a network without weights at all levels", fails: ["gradient_noise"]) {
        try RecoverabilityFaults.report { plan in plan.lookedAt = { network, _ in network.empty } }
      },
    ])
}

extension NetworkScore {
  fileprivate var empty: NetworkScore {
    var network = self
    for i in network.parameters.indices { network.parameters[i] = 0 }
    return network
  }
}

private struct NearScore: ScoreFunction {
  let exact: ExactScore
  let factor: Double
  var dimension: Int { exact.dimension }

  func score(at x: Points, level: NoiseLevel) -> Points {
    var score = exact.score(at: x, level: level)
    for i in score.values.indices { score.values[i] *= factor }
    return score
  }
}

private enum RecoverabilityFaults {
  static func report(
    _ change: (inout RecoverabilityPlan) -> Void
  ) throws -> ExperimentReport {
    try ExperimentConfiguration("recoverability").setting([
      "repeats=3", "steps=200", "kernel_points=6", "gradient_draws=600", "run.network.hidden=[12]",
      "run.network.time_features=4", "run.optimizer.batch=32", "run.sampler.count=200",
      "run.sampler.steps=12", "run.probe.points=128", "run.probe.levels=4",
    ]).finishedDriver(RecoverabilityPlan.self, change).report
  }
}
