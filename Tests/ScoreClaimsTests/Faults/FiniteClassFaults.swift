import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let finiteClass = FaultSubject(
    experiment: "finite_class", healthy: { try FiniteClassFaults.report { _ in } },
    faults: [
      ExperimentFault(
        name: "all candidates of a class have one sign throughout",
        fails: ["slope_in_log_classes", "failure_probability"],
        report: { try FiniteClassFaults.report { $0.cells = { _ in 1 } } }),
      ExperimentFault(
        name: "candidates are wrong on 0.3 of the points whatever delta",
        fails: ["slope_in_inverse_delta", "preference_probability"],
        report: { try FiniteClassFaults.report { $0.eventMass = { _ in 0.3 } } }),
      ExperimentFault(
        name: "candidates are wrong by the same whatever eps",
        fails: ["slope_in_inverse_eps", "preference_probability"],
        report: { try FiniteClassFaults.report { $0.accuracy = { _ in 1 } } }),
      ExperimentFault(
        name: "the class that may be wrong anywhere has one sign on a share delta",
        fails: ["slope_of_spread_class"],
        report: {
          try FiniteClassFaults.report { $0.isSpreadWrong = FiniteClassFaults.isJointlyWrong }
        }
      ),
      ExperimentFault(
        name: "noise 1.3 times as large", fails: ["failure_probability", "excess_mean"],
        report: { try FiniteClassFaults.report { $0.noiseFactor = 1.3 } }),
      ExperimentFault(
        name: "true score 1.2 times as steep", fails: ["preference_probability", "excess_mean"],
        report: { try FiniteClassFaults.report { $0.scoreFactor = 1.2 } }),
      ExperimentFault(
        name: "events a tenth as likely as the bound believes", fails: ["bernstein_bound"],
        report: { try FiniteClassFaults.report { $0.excessMassFactor = 0.1 } }),
    ])
}

enum FiniteClassFaults {
  static func report(_ alter: (inout FiniteClassWorld) -> Void) throws -> ExperimentReport {
    try ExperimentConfiguration("finite_class").setting([
      "cells=8", "eps=0.6", "repeats=200", "sweep=4", "seed=7",
    ]).finishedDriver(FiniteClassPlan.self) { alter(&$0.world) }.report
  }

  /// One sign for all of the first cells, a share delta: these are decided together.
  @Sendable static func isJointlyWrong(
    _ sums: CellSums, _ spread: SpreadClass, _ delta: Double
  ) -> Bool {
    let cells = max(1, Int(delta * Double(spread.cells)))
    let count = sums.counts[..<cells].reduce(0, +)
    return abs(sums.sums[..<cells].reduce(0, +)) >= spread.strength * count
  }
}
