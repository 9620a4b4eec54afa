import ScoreCore
import ScoreTheory

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let localisedRegression = FaultSubject(
    experiment: "localised_regression", healthy: { try report { _ in } },
    faults: [
      ExperimentFault(name: "data without a wide part", fails: ["tail_holds_l2"]) {
        try report(["wide_deviation=1"]) { _ in }
      },
      ExperimentFault(
        name: "a radius that most points are beyond", fails: ["tail_not_d_delta"]
      ) {
        try report(["radius=0.1", "delta=0.2"]) { _ in }
      },
      ExperimentFault(
        name: "regressions of shells that take no step", fails: ["localising_helps"]
      ) {
        try report { $0.localRule = NoStep() }
      },
      ExperimentFault(
        name: "an approximation of five times the truth", fails: ["split_is_tight"]
      ) {
        try report { $0.approximated = { 5 * $0 } }
      },
      ExperimentFault(
        name: "labels that are 10 everywhere", fails: ["label_mismatch", "orthogonality"]
      ) {
        try report { $0.label = { _ in 10 } }
      },
      ExperimentFault(
        name: "a whole that is ten times its parts",
        fails: ["terms_sum", "triangle", "union_bound"]
      ) {
        let run = ErrorTerms(
          rootMeanSquares: [1, 1, 1, 1], quantiles: [1, 1, 1, 1], whole: 40, wholeQuantile: 40,
          wholeQuadrupleQuantile: 40, projected: 40, outside: 0, sumGap: 36, step: 1, norm: 1)
        return .of([
          LocalisedRegressionFindings.termsSum([run]), LocalisedRegressionFindings.triangle([run]),
          LocalisedRegressionFindings.unionBound([run]),
        ])
      },
    ])

  private struct NoStep: StoppingRule {
    func place(in course: StoppingCourse) -> Int? { 0 }
  }

  private static func report(
    _ assignments: [String] = [], _ alter: (inout LocalisedRegressionPlan) -> Void
  ) throws -> ExperimentReport {
    try ExperimentConfiguration.finished(
      "localised_regression",
      (UnitDriverTests.small["localised_regression"] ?? []) + assignments,
      changing: LocalisedRegressionPlan.self, alter)
  }
}
