import ScoreClaims
import ScoreCore
import ScoreLab
import Testing

/// Every check of every experiment can fail, and does where something is wrong.
@Suite struct ExperimentFaultTests {
  @Test("Every experiment of the catalog has its faults")
  func catalog() {
    #expect(Set(FaultSubject.all.map(\.experiment)) == Set(ExperimentCatalog.all.map(\.name)))
  }

  @Test(
    "Nothing fails without a fault, each fault is seen, and every check has one that it sees",
    arguments: FaultSubject.all)
  func faults(subject: FaultSubject) throws {
    let healthy = try subject.healthy()
    #expect(healthy.faults.isEmpty, "\(healthy.faults)")
    var names = Set(healthy.checks.map(\.name))
    for fault in subject.faults {
      let report = try fault.report()
      let failed = Set(report.checks.filter { $0.outcome == .failed }.map(\.name))
      let missed = Set(fault.fails).subtracting(failed)
      #expect(missed.isEmpty, "\(fault.name) is not seen by \(missed)")
      names.formUnion(report.checks.map(\.name))
    }
    let unproved = names.subtracting(subject.faults.flatMap(\.fails))
    #expect(unproved.isEmpty, "no fault makes these fail: \(unproved)")
  }
}
