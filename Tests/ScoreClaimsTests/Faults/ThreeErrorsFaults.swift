import ScoreCore
import ScoreTheory

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let threeErrors: FaultSubject = {
    func report(
      _ alter: @escaping @Sendable (inout ThreeErrorsPlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "three_errors", UnitDriverTests.small["three_errors"] ?? [],
          changing: ThreeErrorsPlan.self, alter)
      }
    }
    return FaultSubject(
      experiment: "three_errors", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "fits that use 100 points, however many there are",
          fails: [
            "statistical_rate", "network_rate", "statistical_closed_form",
            "statistical_first_order",
          ],
          report: report { $0.usedRows = { min(100, $0) } }),
        ExperimentFault(
          name: "hidden layers of two units, however many are said",
          fails: ["approximation_falls", "network_approximation"],
          report: report { $0.usedWidth = { _ in 2 } }),
        ExperimentFault(
          name: "constant steps where those like 1/k are said", fails: ["optimization_rate"],
          report: report { $0.decaySchedule = ConstantRate() }),
        ExperimentFault(
          name: "one step size for all", fails: ["optimization_floor", "floor_first_order"],
          report: report { $0.usedRate = { _ in 0.05 } }),
        ExperimentFault(
          name: "closed forms of wider data",
          fails: ["approximation_closed_form", "statistical_first_order"],
          report: report {
            $0.exactDistribution = IsotropicMixture(
              means: Points(rows: [[-2], [2]]), deviations: [0.3, 0.3])
          }),
        ExperimentFault(
          name: "the score 0 in place of the run's", fails: ["without_minimiser"],
          report: report { $0.trained = { _ in BaselineScore.Zero(dimension: 1) } }),
        ExperimentFault(
          name: "L-BFGS that ends after two steps", fails: ["methods_agree"],
          report: report { $0.method = LimitedMemoryDescent(stepLimit: 2) }),
        ExperimentFault(
          name: "a whole that is ten times its parts",
          fails: ["triangle", "factor_three", "union_bound"],
          report: {
            let part = ScoreGap(squared: 1, quantiles: [1, 1])
            let split = ErrorSplit(
              approximation: part, statistical: part, optimization: part,
              total: ScoreGap(squared: 100, quantiles: [10, 10]), empirical: part)
            return .of([
              ThreeErrorsFindings.triangle([split]), ThreeErrorsFindings.factorThree([split]),
              ThreeErrorsFindings.unionBound([split]),
            ])
          }),
      ])
  }()
}
