import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let kernelScoreRates: FaultSubject = {
    func report(
      _ alter: @escaping @Sendable (inout KernelScoreRatesPlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "kernel_score_rates", UnitDriverTests.small["kernel_score_rates"] ?? [],
          changing: KernelScoreRatesPlan.self, alter)
      }
    }
    return FaultSubject(
      experiment: "kernel_score_rates", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "estimates of 100 points, however many there are",
          fails: ["power_n", "best_stop", "leading_term"],
          report: report { $0.usedPoints = { min(100, $0) } }),
        ExperimentFault(
          name: "a bandwidth where the noise alone is said to be it",
          fails: ["power_t", "power_t0", "kernel_mixture"],
          report: report { $0.addedBandwidth = 0.5 }),
        ExperimentFault(
          name: "Silverman's bandwidth times nothing", fails: ["bandwidth_gain"],
          report: report { $0.ruleFactor = 0 }),
      ])
  }()
}
