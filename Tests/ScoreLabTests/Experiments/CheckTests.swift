import ScoreLab
import Testing

@Suite struct CheckTests {
  @Test(
    "A check passes within its bounds, fails beyond them and for no number, and is open before",
    arguments: [
      (1.1, Check.Requirement.near(1, tolerance: 0.2), Check.Verdict.passed),
      (1.3, .near(1, tolerance: 0.2), .failed), (nil, .near(1, tolerance: 0.2), .open),
      (.nan, .near(1, tolerance: 9), .failed), (2, .atMost(2), .passed), (2.1, .atMost(2), .failed),
      (.nan, .atMost(2), .failed), (2, .atLeast(2), .passed), (.infinity, .atLeast(2), .passed),
    ] as [(Double?, Check.Requirement, Check.Verdict)])
  func verdicts(measured: Double?, requirement: Check.Requirement, expected: Check.Verdict) {
    #expect(Check("x", measured: measured, requirement, basis: "").verdict == expected)
  }

  @Test("A report fails with one failed check, and is open while none failed and one is open")
  func reports() {
    func report(_ measured: [Double?]) -> Check.Verdict {
      ExperimentReport(
        title: "t", claim: "c", source: "s",
        checks: measured.map { Check("x", measured: $0, .atMost(1), basis: "") }
      ).verdict
    }
    #expect(report([0, 1]) == .passed)
    #expect(report([0, nil]) == .open)
    #expect(report([nil, 2]) == .failed)
  }
}
