import ScoreCore
import ScoreTheory

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let convexMinimiser: FaultSubject = {
    func report(
      _ alter: @escaping @Sendable (inout ConvexMinimiserPlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "convex_minimiser", UnitDriverTests.small["convex_minimiser"] ?? [],
          changing: ConvexMinimiserPlan.self, alter)
      }
    }
    return FaultSubject(
      experiment: "convex_minimiser", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "descents that end after two steps",
          fails: ["wide_gap", "width_gain", "line_above", "descent_converges"],
          report: report { $0.method = LimitedMemoryDescent(stepLimit: 2) }),
        ExperimentFault(
          name: "networks with half of the penalty", fails: ["below_bound"],
          report: report { $0.usedPenalty = { $0 / 2 } }),
        ExperimentFault(
          name: "kinks that are moved beyond the points' middle", fails: ["kinks_at_points"],
          report: report { $0.kinkShift = 0.7 }),
        ExperimentFault(
          name: "a line that is said to be exact from half of its penalty on",
          fails: ["line_above", "line_exact"],
          report: report { $0.lineFactor = 0.5 }),
        ExperimentFault(
          name: "samples that follow a third of the score, or a fifth of it away from the data",
          fails: ["kinks_help", "gaussian_samples"],
          report: report { $0.drift = (above: 1.0 / 3, below: -0.2) }),
        ExperimentFault(
          name: "fits that use 50 points, however many there are", fails: ["statistical_rate"],
          report: report { $0.usedPoints = { min(50, $0) } }),
        ExperimentFault(
          name: "a solver that ends at a gap of a tenth", fails: ["relative_gap"],
          report: report { $0.tolerance = 0.1 }),
        ExperimentFault(
          name: "a whole that is a hundred times as large", fails: ["three_bound"],
          report: report { $0.totalFactor = 100 }),
      ])
  }()
}
