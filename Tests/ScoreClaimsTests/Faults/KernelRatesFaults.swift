import Glibc
import ScoreCore
import ScoreTheory

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let kernelRates = FaultSubject(
    experiment: "kernel_rates", healthy: { try report { _ in } },
    faults: [
      ExperimentFault(
        name: "descent that is stopped before its first step",
        fails: ["remembered_rate", "measured_rate", "beats_linear"]
      ) {
        try report { $0.oracle = NoStep() }
      },
      ExperimentFault(name: "a Gaussian kernel, whose eigenvalues fall faster", fails: ["decay"]) {
        try report { $0.kernel = gaussian }
      },
      ExperimentFault(name: "a truth a tenth too large", fails: ["zero", "in_sample"]) {
        try report { plan in
          let regression = plan.regression
          plan.truth = { 1.1 * regression.truth($0) }
        }
      },
    ])

  private struct NoStep: StoppingRule {
    func place(in course: StoppingCourse) -> Int? { 0 }
  }

  @Sendable private static func gaussian(_ rows: Points, _ columns: Points) -> [Double] {
    (0..<rows.count).flatMap { row in
      (0..<columns.count).map { column in
        let (u, v) = (rows.row(row), columns.row(column))
        return exp(-zip(u, v).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 2)
      }
    }
  }

  private static func report(
    _ alter: (inout KernelRatesPlan) -> Void
  ) throws -> ExperimentReport {
    try ExperimentConfiguration.finished(
      "kernel_rates", UnitDriverTests.small["kernel_rates"] ?? [],
      changing: KernelRatesPlan.self, alter)
  }
}
