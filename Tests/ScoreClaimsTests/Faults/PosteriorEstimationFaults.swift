import ScoreCore
import ScoreTheory

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let posteriorEstimation: FaultSubject = {
    func report(
      _ alter: @escaping @Sendable (inout PosteriorEstimationPlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "posterior_estimation", UnitDriverTests.small["posterior_estimation"] ?? [],
          changing: PosteriorEstimationPlan.self, alter)
      }
    }
    /// Draws that are all but one point.
    @Sendable func point(_ task: PosteriorEstimation.Task) -> ExactPosterior {
      ExactPosterior(simulator: task.simulator, scale: 0.01)
    }
    return FaultSubject(
      experiment: "posterior_estimation", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "all but one point for a posterior, with the most simulations",
          fails: ["more_is_nearer", "near_exact", "beats_regression", "calibrated"],
          report: report {
            $0.learned = { source, task, count in count >= 5000 ? point(task) : source }
          }),
        ExperimentFault(
          name: "the same for two rounds, and exact draws for one",
          fails: ["rounds", "rounds_by_density"],
          report: report {
            $0.learned = { _, task, _ in ExactPosterior(simulator: task.simulator) }
            $0.second = { _ in point(.twoMoons) }
          }),
        ExperimentFault(
          name: "exact draws that are spread half as much",
          fails: ["exact_uniform", "null", "moments"],
          report: report {
            $0.exact = { ExactPosterior(simulator: $0.simulator, scale: 0.5) }
          }),
        ExperimentFault(
          name: "exact draws for those that are spread less", fails: ["scaled_not_uniform"],
          report: report { $0.exact = { ExactPosterior(simulator: $0.simulator) } }),
        ExperimentFault(
          name: "the flow of the score 0", fails: ["flow_density"],
          report: report { $0.followed = { BaselineScore.Zero(dimension: $0.dimension) } }),
        ExperimentFault(
          name: "a rank that is counted twice", fails: ["counted"],
          report: {
            let histogram = RankHistogram(counts: [[2, 1], [1, 1]])
            return .of([PosteriorEstimationFindings.counted([(histogram, 2)])])
          }),
      ])
  }()
}
