import ScoreCore
import ScoreTheory

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let memorisation: FaultSubject = {
    func report(
      _ alter: @escaping @Sendable (inout MemorisationPlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "memorisation", UnitDriverTests.small["memorisation"] ?? [],
          changing: MemorisationPlan.self, alter)
      }
    }
    return FaultSubject(
      experiment: "memorisation", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "no smoothing, whatever is asked for",
          fails: ["smoothing_lowers", "effective_number", "two_points"],
          report: report { $0.smoothing = { _ in .none } }),
        ExperimentFault(
          name: "the exact score for the points', and theirs for the smoothed one",
          fails: ["empirical_copies", "nearest_distance", "smaller_gap", "smoothing_lowers"],
          report: report { plan in
            let exact = ExactScore(plan.distribution)
            plan.score = { score, source, training in
              source == .empirical
                ? exact : source == .smoothed ? EmpiricalScore(training) : score
            }
          }),
        ExperimentFault(
          name: "the points' score for the network's and the exact one",
          fails: ["network_lowers", "network_is_warmer", "chance"],
          report: report {
            $0.score = { score, source, training in
              source == .learned || source == .exact ? EmpiricalScore(training) : score
            }
          }),
        ExperimentFault(
          name: "the score 0 for the smoothed one", fails: ["beats_gaussian"],
          report: report {
            $0.score = { score, source, _ in
              source == .smoothed ? BaselineScore.Zero(dimension: 2) : score
            }
          }),
        ExperimentFault(
          name: "an effective number above the number of points", fails: ["effective_range"],
          report: {
            var record = MemorisationPlan.Record()
            record.effectiveRange = [1, 41]
            return .of([MemorisationFindings.effectiveRange([record], count: 40)])
          }),
      ])
  }()
}
