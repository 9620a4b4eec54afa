import ScoreCore
import ScoreTheory

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let polyakLojasiewicz: FaultSubject = {
    func report(
      _ alter: @escaping @Sendable (inout PolyakLojasiewiczPlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "polyak_lojasiewicz", UnitDriverTests.small["polyak_lojasiewicz"] ?? [],
          changing: PolyakLojasiewiczPlan.self, alter)
      }
    }
    return FaultSubject(
      experiment: "polyak_lojasiewicz", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "one scale of the first weights, whatever is said",
          fails: ["power_at_start"],
          report: report { $0.usedStart = { weights, _ in weights } }),
        ExperimentFault(
          name: "a gradient in proportion to the root of the loss at every place",
          fails: ["falls_along_descents", "below_linear"],
          report: report { $0.gradientFactor = { 2 * $0.loss / $0.gradient } }),
        ExperimentFault(
          name: "gradients a tenth too long", fails: ["linear_ratio"],
          report: report { $0.gradientFactor = { _ in 1.21 } }),
        ExperimentFault(
          name: "linear scores that descend on data of another variance",
          fails: ["linear_contraction", "linear_ratio"],
          report: report { $0.usedVariance = { 1.5 * $0 } }),
      ])
  }()
}
