import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let certificate: FaultSubject = {
    let small = [
      "training_steps=0", "paths=1000", "run.sampler.count=3000", "run.sampler.steps=200",
    ]
    func report(_ change: @escaping @Sendable (inout CertificatePlan) -> Void)
      -> @Sendable () throws -> ExperimentReport
    {
      {
        try ExperimentConfiguration.finished(
          "certificate", small, changing: CertificatePlan.self, change)
      }
    }
    return FaultSubject(
      experiment: "certificate", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "points follow the score 0, which the bounds are not of",
          fails: ["certificate_holds", "pinsker_holds", "score_term_holds"],
          report: report { $0.followed = BaselineScore.Zero(dimension: 1) }),
        ExperimentFault(
          name: "a sampler with 3% too much noise",
          fails: ["gaussian_recursion"], report: report { $0.sampler = LoudSampler(factor: 1.03) }),
        ExperimentFault(
          name: "a sampler whose distance is some 20 times that of the method",
          fails: ["gaussian_recursion", "sampled_density"],
          report: report { $0.sampler = LoudSampler(factor: 1.25) }),
        ExperimentFault(
          name: "the steps of the sweep add noise that no number of them removes",
          fails: ["discretisation_holds", "steps_rate"],
          report: report { $0.sweepSampler = { _ in LoudSampler(factor: 3) } }),
        ExperimentFault(
          name: "the steps of the sweep err more in each further dimension",
          fails: ["dimension_rate"],
          report: report {
            $0.sweepSampler = { LoudSampler(factor: 1 + 1e-3 * Double($0)) }
          }),
        ExperimentFault(
          name: "the Fisher information of another distribution",
          fails: ["divergence_along_paths"],
          report: report {
            $0.informationDistribution = IsotropicMixture(
              means: Points(zeros: 1, dimension: 1), deviations: [0.4])
          }),
        ExperimentFault(
          name: "an exact score with an error", fails: ["exact_score_term"],
          report: { .of([CertificateFindings.exactScoreTerm(0.01)]) }),
      ])
  }()
}
