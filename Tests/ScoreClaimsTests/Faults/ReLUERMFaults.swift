import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let reluERM = FaultSubject(
    experiment: "relu_erm", healthy: { try ReLUERMFaults.report { network, _ in network } },
    faults: [
      ExperimentFault(name: "the exact score in place of networks", fails: ["far_error"]) {
        try ReLUERMFaults.report { _, _ in ReLUERMFaults.exact }
      },
      ExperimentFault(
        name: "no score in place of networks",
        fails: ["near_share", "one_far_sample", "ten_far_samples", "quantile_error"]
      ) {
        try ReLUERMFaults.report { _, _ in BaselineScore.Zero(dimension: 1) }
      },
      ExperimentFault(
        name: "three times the near part's score without far samples, the exact one with them",
        fails: ["far_error_bound", "quantile_ratio"]
      ) {
        try ReLUERMFaults.report { _, far in
          far == 0 ? ReLUERMFaults.steep : ReLUERMFaults.nearlyExact
        }
      },
    ])
}

private enum ReLUERMFaults {
  private static let pair = LowerBoundPair(eta: 0.001, separation: 30)
  static let exact = ExactScore(pair.first)
  static let steep = ScaledScore(factor: 3, base: ExactScore(LowerBoundPair.nearPart))
  static let nearlyExact = ScaledScore(factor: 0.99, base: exact)

  static func report(
    _ measured: @escaping @Sendable (any ScoreFunction, Int) -> any ScoreFunction
  ) throws -> ExperimentReport {
    // Six training sets are the fewest with an interval.
    try ExperimentConfiguration("relu_erm").setting([
      "repeats=6", "steps=40", "run.training_set.count=100",
    ]).finishedDriver(ReLUERMPlan.self) { $0.measured = measured }.report
  }
}

private struct ScaledScore: ScoreFunction {
  let factor: Double
  let base: ExactScore

  var dimension: Int { base.dimension }

  func score(at x: Points, level: NoiseLevel) -> Points {
    let score = base.score(at: x, level: level)
    return Points(values: score.values.map { factor * $0 }, dimension: dimension)
  }
}

extension LowerBoundPair {
  /// N(0, 1), of which the hard pair's distribution has 1 - eta.
  fileprivate static var nearPart: IsotropicMixture {
    IsotropicMixture(means: Points(rows: [[0]]), deviations: [1])
  }
}
