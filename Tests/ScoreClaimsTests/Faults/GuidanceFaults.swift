import ScoreCore
import ScoreTheory

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  /// A score times a number.
  private struct LoudScore: ScoreFunction {
    let base: any ScoreFunction
    let factor: Double

    var dimension: Int { base.dimension }

    func score(at x: Points, level: NoiseLevel) -> Points {
      var score = base.score(at: x, level: level)
      for place in score.values.indices { score.values[place] *= factor }
      return score
    }
  }

  static let guidance: FaultSubject = {
    func report(
      _ alter: @escaping @Sendable (inout GuidancePlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "guidance", UnitDriverTests.small["guidance"] ?? [], changing: GuidancePlan.self, alter)
      }
    }
    return FaultSubject(
      experiment: "guidance", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "the score of the noisy tilted law in place of the guided one",
          fails: ["not_tilted", "score_gap", "further", "narrower", "form"],
          report: report { plan in
            let deviation = plan.values.deviation
            plan.exact = {
              ExactScore(TiltedLaw(deviation: deviation, weight: $0.weight).distribution)
            }
          }),
        ExperimentFault(
          name: "the class itself in place of networks", fails: ["learned_law", "learned_shift"],
          report: report { plan in
            let values = plan.values
            plan.learned = { _ in ExactScore(values.classes.given(values.wanted)) }
          }),
        ExperimentFault(
          name: "a louder exact score", fails: ["no_guidance"],
          report: report { $0.exact = { LoudScore(base: $0, factor: 1.3) } }),
        ExperimentFault(
          name: "a louder score for the draws", fails: ["pair_flow", "pair_sampler", "draws"],
          report: report { $0.drawn = { LoudScore(base: $0, factor: 1.3) } }),
      ])
  }()
}
