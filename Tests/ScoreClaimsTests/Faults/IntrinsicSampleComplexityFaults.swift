import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let intrinsicSampleComplexity: FaultSubject = {
    func report(
      _ alter: @escaping @Sendable (inout IntrinsicSampleComplexityPlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "intrinsic_sample_complexity", UnitDriverTests.small["intrinsic_sample_complexity"] ?? [],
          changing: IntrinsicSampleComplexityPlan.self, alter)
      }
    }
    let sets = IntrinsicSampleComplexityPlan.Sets(errors: [], departure: 0.1, zero: 1, gaussian: 1)
    return FaultSubject(
      experiment: "intrinsic_sample_complexity", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "the score 0 in place of that of the plane found", fails: ["found_growth"],
          report: report {
            $0.learned = { score, path, d in
              path == .aware ? BaselineScore.Zero(dimension: d) : score
            }
          }),
        ExperimentFault(
          name: "the score 0 in place of that of the plane found, in more than 2 dimensions",
          fails: ["found_slope"],
          report: report {
            $0.learned = { score, path, d in
              path == .aware && d > 2 ? BaselineScore.Zero(dimension: d) : score
            }
          }),
        ExperimentFault(
          name: "a plain score that is off by as much in all dimensions", fails: ["plain_growth"],
          report: report { plan in
            let (values, seed) = (plan.values, plan.seed)
            plan.learned = { score, path, d in
              path == .plain
                ? OffsetScore(
                  exact: values.circle(dimension: d, seed: seed), level: values.wholeLevel)
                : score
            }
          }),
        ExperimentFault(
          name: "the score 0 in place of that of the plane itself", fails: ["known_growth"],
          report: report {
            $0.learned = { score, path, d in
              path == .known ? BaselineScore.Zero(dimension: d) : score
            }
          }),
        ExperimentFault(
          name: "half of the rows that are said", fails: ["closed_form"],
          report: report { $0.usedRows = { $0 / 2 } }),
        ExperimentFault(
          name: "a plane with directions that are not orthonormal", fails: ["orthonormal"],
          report: { .of([IntrinsicSampleComplexityFindings.orthonormal([sets])]) }),
      ])
  }()
}

/// The exact score at one level, 1 more along the first axis.
private struct OffsetScore: ScoreFunction {
  let exact: VonMisesCircle
  let level: NoiseLevel
  var dimension: Int { exact.dimension }

  func score(at x: Points, level: NoiseLevel) -> Points {
    var result = exact.score(at: x, level: self.level)
    for row in 0..<result.count { result[row, 0] += 1 }
    return result
  }
}
