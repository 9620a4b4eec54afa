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

  static let flowMatching: FaultSubject = {
    let small = UnitDriverTests.small["flow_matching"] ?? []
    func report(
      _ assignments: [String] = [],
      _ alter: @escaping @Sendable (inout FlowMatchingPlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "flow_matching", small + assignments, changing: FlowMatchingPlan.self, alter)
      }
    }
    return FaultSubject(
      experiment: "flow_matching", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "eight times the score for the network on the velocity",
          fails: ["blind_d_delta", "as_the_noise", "blind_variation"],
          report: report { plan in
            let loud = LoudScore(base: ExactScore(plan.values.pair.first), factor: 8)
            plan.trained = { score, target in target == .velocity ? loud : score }
          }),
        ExperimentFault(
          name: "a network that knows of the far part", fails: ["blind_l2"],
          report: report { plan in
            let values = plan.values
            let pair = LowerBoundPair(eta: 1.1 * values.eta, separation: values.far)
            plan.trained = { _, _ in ExactScore(pair.first) }
          }),
        ExperimentFault(
          name: "a region of ten times the mass", fails: ["region_flow"],
          report: report {
            $0.kicked = { KickedScore(base: $0.base, kick: $0.kick, mass: 10 * $0.mass) }
          }),
        ExperimentFault(
          name: "no error everywhere", fails: ["ripple_flow"],
          report: report { $0.rippled = { $0.base } }),
        ExperimentFault(
          name: "an error everywhere of twenty times its size",
          fails: ["ripple_transport", "ripple_size"],
          report: report {
            $0.rippled = {
              RippledScore(
                base: $0.base, epsilon: 20 * $0.epsilon, frequency: $0.frequency,
                largestRatio: $0.largestRatio)
            }
          }),
        ExperimentFault(
          name: "a bound for a hundredth of the error", fails: ["ripple_sampler"],
          report: report { $0.boundedEpsilon = { $0 / 100 } }),
        ExperimentFault(
          name: "too few steps of the flow", fails: ["exact_flow"],
          report: report(["flow_steps=20"]) { _ in }),
        ExperimentFault(
          name: "a velocity of another score", fails: ["conversion"],
          report: {
            let trained = FlowMatchingPlan.Trained(
              errors: [],
              image: FlowImage(
                of: BaselineScore.Zero(dimension: 1),
                law: LineMixture([.init(weight: 1, mean: 0, deviation: 1)]),
                process: FlowProcess(), steps: 1, cells: 2), conversionGap: 0.1)
            return .of([FlowMatchingFindings.conversion([trained])])
          }),
      ])
  }()
}
