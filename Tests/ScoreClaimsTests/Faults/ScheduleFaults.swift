import ScoreCore
import ScoreTheory

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let schedules: FaultSubject = {
    let small = ["training_steps=0", "paths=1000", "run.sampler.count=3000"]
    func report(
      _ assignments: [String] = [], _ change: @escaping @Sendable (inout SchedulesPlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "schedules", small + assignments, changing: SchedulesPlan.self, change)
      }
    }
    @Sendable func gaussian(
      _ plan: SchedulesPlan, sampler: any Sampler = ExponentialIntegrator(),
      costVariance: Double? = nil
    ) -> GaussianSchedules {
      GaussianSchedules(
        variance: plan.values.variance, process: plan.paths.process, stepCount: plan.stepCount,
        sampler: sampler, costVariance: costVariance)
    }
    return FaultSubject(
      experiment: "schedules", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "a sampler that adds ten times the noise on Gaussian data",
          fails: ["recursion", "data_processing"],
          report: report { $0.gaussian = gaussian($0, sampler: LoudSampler(factor: 10)) }),
        ExperimentFault(
          name: "the schedule of least divergence of other data",
          fails: ["least_divergence_limit", "optimised_is_best_on_gaussian"],
          report: report { $0.gaussian = gaussian($0, costVariance: 4) }),
        ExperimentFault(
          name: "the Fisher information of another distribution",
          fails: ["divergence_along_paths", "optimised_is_best"],
          report: report {
            let distribution = IsotropicMixture(
              means: Points(zeros: 1, dimension: 1), deviations: [2])
            var stream = RandomStream(seed: 1, purpose: .test)
            $0.curve = FisherCurve(
              distribution: distribution, process: $0.paths.process, draws: 100, using: &stream)
          }),
        ExperimentFault(
          name: "a sampler with too much noise", fails: ["sampled_density"],
          report: report { $0.sampler = LoudSampler(factor: 1.3) }),
        ExperimentFault(
          name: "a sampler with far too much noise in the plane",
          fails: ["variation_below_pinsker"],
          report: report([
            "run.distribution={kind: gaussian_mixture, components: [{mean: [0, 0], deviation: 1}]}",
            "run.sampler.steps=100", "run.sampler.count=1000",
          ]) { $0.sampler = LoudSampler(factor: 30) }),
        ExperimentFault(
          name: "costs of which another is below the optimised one's",
          fails: ["least_on_distribution", "least_on_gaussian"],
          report: {
            .of(
              ["least_on_distribution", "least_on_gaussian"].map {
                SchedulesFindings.leastCost($0, "", [0.7, 0.6, 0.61])
              })
          }),
      ])
  }()
}
