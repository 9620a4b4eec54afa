import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let collapseAndRefine: FaultSubject = {
    func report(
      _ alter: @escaping @Sendable (inout CollapseAndRefinePlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "collapse_and_refine", UnitDriverTests.small["collapse_and_refine"] ?? [],
          changing: CollapseAndRefinePlan.self, alter)
      }
    }
    let wrong = ExactScore(VonMisesCircle(concentration: 1, radius: 0.8, dimension: 3, seed: 5))
    let state = CollapseState(
      normal: 0.5, tangential: 1, spread: 0.1, densityKL: 0.1, sampleKL: -0.1)
    return FaultSubject(
      experiment: "collapse_and_refine", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "a score that never leaves 0", fails: ["collapse_first", "collapse_first_samples"],
          report: report { $0.looked = { score, _ in BaselineScore.Zero(dimension: 3) } }),
        ExperimentFault(
          name: "a score that has the density at once and the circle late",
          fails: ["collapse_first"],
          report: report { plan in
            let (low, exact) = (plan.values.lowSigma, plan.exact)
            plan.looked = { score, _ in LateCollapse(late: score, early: exact, lateSigma: low) }
          }),
        ExperimentFault(
          name: "weight sigma^2 never refines", fails: ["divergence_leads"],
          report: report {
            $0.looked = { score, weighting in
              weighting == .noise ? BaselineScore.Zero(dimension: 3) : score
            }
          }),
        ExperimentFault(
          name: "a loss of other variances",
          fails: ["subspace_flow", "subspace_start"],
          report: report { $0.usedVariance = { 1.1 * $0 } }),
        ExperimentFault(
          name: "the exact score of another circle", fails: ["exact_jacobian", "implied_density"],
          report: report { $0.exact = wrong }),
        ExperimentFault(
          name: "a negative divergence, and a start that is not 0",
          fails: ["no_negative_kl", "starts_at_zero"],
          report: {
            .of([
              CollapseAndRefineFindings.positive([state]), CollapseAndRefineFindings.start([state]),
            ])
          }),
      ])
  }()
}

/// One score at a level of noise and below, another above it.
private struct LateCollapse: ScoreFunction {
  let late: any ScoreFunction
  let early: any ScoreFunction
  let lateSigma: Double
  var dimension: Int { late.dimension }

  func score(at x: Points, level: NoiseLevel) -> Points {
    (level.sigma > 1.001 * lateSigma ? early : late).score(at: x, level: level)
  }
}
