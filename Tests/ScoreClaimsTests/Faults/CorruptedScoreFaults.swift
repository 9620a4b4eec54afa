import ScoreCore
import ScoreTheory

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let corruptedScore: FaultSubject = {
    let small = ["run.sampler.count=4000", "pair_count=4000", "eta=0.1", "pair_steps=100"]
    func report(
      _ assignments: [String] = [],
      _ change: @escaping @Sendable (inout CorruptedScorePlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "corrupted_score", small + assignments, changing: CorruptedScorePlan.self, change)
      }
    }
    return FaultSubject(
      experiment: "corrupted_score", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "samples follow the score 0 everywhere",
          fails: ["cost_below_delta", "certificate_holds", "hit_by_sampler"],
          report: report { $0.followed = BaselineScore.Zero(dimension: 1) }),
        ExperimentFault(
          name: "a kick so small that L2 bounds it", fails: ["l2_says_nothing"],
          report: report(["kick=0.5"]) { _ in }),
        ExperimentFault(
          name: "exact paths of a wider distribution", fails: ["region_mass", "hit_under_paths"],
          report: report {
            $0.pathDistribution = IsotropicMixture(
              means: Points(zeros: 1, dimension: 1), deviations: [1.5])
          }),
        ExperimentFault(
          name: "the pair's points follow the score 0", fails: ["pair_cost", "pair_variation"],
          report: report { $0.pair.followed = BaselineScore.Zero(dimension: 1) }),
        ExperimentFault(
          name: "the pair's certificate is of the right candidate", fails: ["pair_certificate"],
          report: report { $0.pair.certified = ExactScore($0.pair.pair.first) }),
        ExperimentFault(
          name: "more paths in the regions than their masses allow", fails: ["union_bound"],
          report: {
            let paths = Array(repeating: 100.0, count: 300) + Array(repeating: 0, count: 700)
            return .of([
              CorruptedScoreFindings.unionBound(
                delta: 0.1, certificate: PathCertificate(accumulated: paths))
            ])
          }),
        ExperimentFault(
          name: "bins that change without a hit", fails: ["variation_below_hits"],
          report: {
            .of([
              CorruptedScoreFindings.variationBelowHits(
                delta: 0.1, variation: 0.06, exact: 0.02, hits: 0.03)
            ])
          }),
      ])
  }()
}
