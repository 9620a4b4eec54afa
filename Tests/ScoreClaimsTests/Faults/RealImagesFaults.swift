import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let realImages = FaultSubject(
    experiment: "real_images", healthy: { try report { _ in } },
    faults: [
      ExperimentFault(name: "the score 0 for a network", fails: ["network_over_gaussian"]) {
        try report { $0.replacement = BaselineScore.Zero(dimension: 64) }
      },
      ExperimentFault(
        name: "a network that memorises", fails: ["network_over_memorizing", "network_copies"]
      ) {
        try report { $0.replacement = ExactScore($0.split.trainingDistribution) }
      },
      ExperimentFault(
        name: "an exact score that is too small",
        fails: ["score_by_differences", "excess_is_l2"]
      ) {
        try report { $0.exactScore = ScaledScore(score: $0.exactScore, factor: 0.7) }
      },
      ExperimentFault(name: "samples of a score that knows nothing", fails: ["exact_copies"]) {
        try report { $0.exactScore = ExactScore($0.gaussian) }
      },
      ExperimentFault(name: "fresh data from the training part", fails: ["fresh_copies"]) {
        try report { $0.freshDistribution = $0.split.trainingDistribution }
      },
      ExperimentFault(name: "a Gaussian of another mean", fails: ["gaussian_at_floor"]) {
        try report {
          $0.gaussian = GaussianMixture([
            .init(mean: Array(repeating: 0.2, count: 64), spread: .isotropic(1))
          ])
        }
      },
      ExperimentFault(name: "an L2 ten times too small in the records", fails: ["markov"]) {
        let driver = try run { _ in }
        var findings = driver.plan.findings(driver.records)
        findings.levels[0].training?.network.l2 /= 10
        return .of(findings.checks)
      },
    ])

  private struct ScaledScore: ScoreFunction {
    let score: any ScoreFunction
    let factor: Double
    var dimension: Int { score.dimension }

    func score(at x: Points, level: NoiseLevel) -> Points {
      var result = score.score(at: x, level: level)
      for index in result.values.indices { result.values[index] *= factor }
      return result
    }
  }

  private static func report(_ alter: (inout RealImagesPlan) -> Void) throws -> ExperimentReport {
    try run(alter).report
  }

  private static func run(_ alter: (inout RealImagesPlan) -> Void) throws -> UnitDriver<
    RealImagesPlan
  > {
    try ExperimentConfiguration("real_images").setting([
      "steps=20", "run.network.hidden=[16]", "run.network.time_features=8",
      "run.optimizer.batch=32", "run.sampler.count=200", "run.sampler.steps=20",
      "run.probe.levels=3", "run.probe.points=256",
    ]).finishedDriver(RealImagesPlan.self, alter)
  }
}
