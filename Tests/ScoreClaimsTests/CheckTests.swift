import ScoreClaims
import ScoreLab
import Testing

@Suite struct CheckTests {
  @Test(
    "A check passes within its bounds, fails beyond them and for no number, and is open before",
    arguments: [
      (1.1, Check.Requirement.near(1, tolerance: 0.2), Check.Outcome.passed),
      (1.3, .near(1, tolerance: 0.2), .failed), (nil, .near(1, tolerance: 0.2), .open),
      (.nan, .near(1, tolerance: 9), .failed), (2, .atMost(2), .passed), (2.1, .atMost(2), .failed),
      (.nan, .atMost(2), .failed), (2, .atLeast(2), .passed), (.infinity, .atLeast(2), .passed),
    ] as [(Double?, Check.Requirement, Check.Outcome)])
  func outcomes(measured: Double?, requirement: Check.Requirement, expected: Check.Outcome) {
    #expect(
      Check(.claim, "x", "x", measured: measured, requirement, basis: "").outcome == expected)
  }

  @Test(
    "With an interval all of it must meet the requirement to pass, and none of it to fail",
    arguments: [
      (0...1, .atMost(1), .passed), (0...1, .atMost(0.5), .undecided),
      (1...2, .atMost(0.5), .failed),
      (0...1, .atLeast(0), .passed), (0...1, .atLeast(0.5), .undecided),
      (0...1, .atLeast(2), .failed), (0...1, .near(0.5, tolerance: 0.5), .passed),
      (0...1, .near(0.5, tolerance: 0.1), .undecided), (0...1, .near(2, tolerance: 0.5), .failed),
      (0...1, .near(-2, tolerance: 0.5), .failed),
    ] as [(ClosedRange<Double>, Check.Requirement, Check.Outcome)])
  func intervals(
    interval: ClosedRange<Double>, requirement: Check.Requirement, expected: Check.Outcome
  ) {
    let check = Check(
      .claim, "x", "x", measured: interval.lowerBound, interval: interval, requirement, basis: "")
    #expect(check.outcome == expected)
    var unknown = check
    unknown.measured = nil
    #expect(unknown.outcome == .open)
    unknown.measured = .nan
    #expect(unknown.outcome == .failed)
  }

  private static func report(_ checks: [(Check.Kind, Double?)]) -> ExperimentReport {
    ExperimentReport(
      title: "t", claim: "c", source: "s",
      checks: checks.enumerated().map { index, check in
        Check(check.0, "check_\(index)", "", measured: check.1, .atMost(1), basis: "")
      })
  }

  @Test("A claim holds if every claim check passed, not if one failed; else it was not tested")
  func verdicts() {
    func verdict(_ measured: [Double?]) -> ClaimVerdict {
      Self.report(measured.map { (.claim, $0) }).verdict
    }
    #expect(verdict([0, 1]).answer == .held && verdict([0, 1]).deciding?.name == "check_0")
    #expect(
      verdict([0, nil]).answer == .notTested && verdict([0, nil]).deciding?.name == "check_1")
    #expect(verdict([nil, 2]).answer == .didNotHold)
    #expect(verdict([nil, 2]).deciding?.name == "check_1")
    #expect(verdict([]).answer == .notTested && verdict([]).deciding == nil)
  }

  @Test("Agreements and identities are no evidence, and only they are faults")
  func kinds() {
    let passed = Self.report([(.agreement, 0), (.identity, 0)])
    #expect(passed.verdict.answer == .notTested && passed.faults.isEmpty)
    let broken = Self.report([(.claim, 0), (.agreement, 2), (.identity, 2)])
    #expect(broken.verdict.answer == .held)
    #expect(broken.faults.map(\.name) == ["check_1", "check_2"])
    let refuted = Self.report([(.claim, 2), (.agreement, nil)])
    #expect(refuted.verdict.answer == .didNotHold && refuted.faults.isEmpty)
  }
}
