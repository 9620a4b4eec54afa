import ScoreCore
import ScoreTheory

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let freshNoise: FaultSubject = {
    func report(
      _ alter: @escaping @Sendable (inout FreshNoisePlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "fresh_noise", UnitDriverTests.small["fresh_noise"] ?? [],
          changing: FreshNoisePlan.self, alter)
      }
    }
    return FaultSubject(
      experiment: "fresh_noise", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "fresh noise of six of the points",
          fails: ["fresh_l2", "fresh_d_delta", "draws_rate", "closed_form"],
          report: report { $0.freshPoints = { $0.rows(0..<6) } }),
        ExperimentFault(
          name: "one draw a point, however many are said", fails: ["draws_rate"],
          report: report { $0.usedDraws = { _ in 1 } }),
        ExperimentFault(
          name: "the score 0 in place of that of the descent on fresh noise",
          fails: ["fresh_run", "without_minimiser"],
          report: report { $0.trained = { _ in BaselineScore.Zero(dimension: 1) } }),
        ExperimentFault(
          name: "a minimiser that another weight has less loss than", fails: ["least_loss"],
          report: {
            let gap = ScoreGap(squared: 1, quantiles: [1])
            let errors = FreshNoisePlan.Errors(statistical: gap, whole: gap)
            let fits = FreshNoisePlan.Fits(
              draws: [errors], fresh: errors, distances: [1], zero: errors, gaussian: errors,
              excesses: [0.1, -0.1])
            return .of([FreshNoiseFindings.leastLoss([fits])])
          }),
      ])
  }()
}
