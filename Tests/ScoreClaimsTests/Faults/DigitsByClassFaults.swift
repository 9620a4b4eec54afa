import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let digitsByClass: FaultSubject = {
    func report(
      _ alter: @escaping @Sendable (inout DigitsByClassPlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "digits_by_class", UnitDriverTests.small["digits_by_class"] ?? [],
          changing: DigitsByClassPlan.self, alter)
      }
    }
    return FaultSubject(
      experiment: "digits_by_class", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "a network that is not told the class",
          fails: ["read_network", "read_guided", "nearer"],
          report: report { $0.drawn = { $0 == .network || $0 == .guided ? .blind : $0 } }),
        ExperimentFault(
          name: "a network that memorises", fails: ["network_copies"],
          report: report { $0.drawn = { $0 == .network ? .memorizing : $0 } }),
        ExperimentFault(
          name: "a judge whose labels are shifted", fails: ["judge", "read_memorizing"],
          report: report { $0.labelShift = 1 }),
        ExperimentFault(
          name: "Gaussians in place of memorising", fails: ["memorizing_copies"],
          report: report { $0.drawn = { $0 == .memorizing ? .gaussians : $0 } }),
        ExperimentFault(
          name: "a class where none is said", fails: ["read_blind"],
          report: report { $0.drawn = { $0 == .blind ? .memorizing : $0 } }),
        ExperimentFault(
          name: "the score of one class for that of all", fails: ["bayes"],
          report: report {
            $0.marginal = $0.split.labelled.given($0.split.labelled.condition(ofClass: 0))
          }),
      ])
  }()
}
