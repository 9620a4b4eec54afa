import ScoreCore
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct HardPairTests {
  private func report(_ assignments: [String], threads: Int = 2) throws -> ExperimentReport {
    var run = try ExperimentConfiguration("hard_pair").setting(assignments)
      .makeDriver(threads: threads, dataSource: DataFile())
    while !run.isFinished { try run.step() }
    return run.report
  }

  @Test(
    "Draws agree with every closed form, and the claim holds where D_delta steps below the tolerance",
    arguments: [
      (["samples=300", "repeats=1000"], .held),
      (["eta=0.001", "separation=10000", "delta=0.01", "samples=3000", "repeats=400"], .held),
      // The step at eta is washed out, so the wrong score fails in D_delta too.
      (["separation=3", "samples=100", "repeats=200"], .didNotHold),
      (["eta=0.05", "separation=6", "time=0.5", "samples=30", "repeats=200"], .notTested),
    ] as [([String], ClaimVerdict.Answer)])
  func agrees(assignments: [String], answer: ClaimVerdict.Answer) throws {
    let report = try report(assignments)
    #expect(report.faults.isEmpty, "\(report.faults)")
    #expect(report.checks.allSatisfy { $0.kind == .claim || $0.outcome == .passed })
    #expect(report.verdict.answer == answer, "\(report.verdict)")
  }

  /// eta, R, delta, P(sigma_t |s_1 - s_2| > 0.01) at t = 0.05 and P(a share above delta of the
  /// draws has such an error), by scipy (brentq, norm.sf, binom.sf).
  static let exceedances: [(eta: Double, R: Double, delta: Double, q: Double, failure: Double)] = [
    (0.01, 10, 0.02, 0.010003405816430144, 1.228308730694046e-10),
    (0.01, 10, 0.005, 0.010003405816430144, 1), (0.01, 3, 0.02, 0.148798443122087, 1),
    (0.01, 10, 0.01, 0.010003405816430144, 0.474801897188107),
  ]

  @Test(
    "The estimate of D_delta fails as often as the binomial distribution says",
    arguments: exceedances)
  func exceedance(row: (eta: Double, R: Double, delta: Double, q: Double, failure: Double)) {
    var values = HardPair()
    (values.eta, values.separation, values.delta) = (row.eta, row.R, row.delta)
    let q = values.pair.probability(ofGapAbove: 0.01 / values.sigma, time: 0.05)
    // The root in scipy is good to 1e-12 of the probability; 20,000 draws raise that to 1e-8.
    #expect(abs(q / row.q - 1) < 1e-10)
    #expect(abs(values.quantileFailureProbability / row.failure - 1) < 1e-6)
  }

  @Test("In the paper's setting training fails often in L2 and never in D_delta")
  func figureOne() throws {
    let report = try report([
      "eta=0.001", "separation=10000", "delta=0.01", "samples=300", "repeats=200",
    ])
    let table = try #require(report.tables.first { $0.name == "failures" })
    let last = try #require(table.rows.last)
    guard case .number(let formula) = last[1], case .integer(let failures) = last[3],
      case .integer(let inQuantile) = last[7]
    else {
      Issue.record("the table has other cells")
      return
    }
    #expect(abs(formula - 0.3703535160780497) < 1e-9)
    #expect(failures > 0 && inQuantile == 0)
  }

  @Test("Below eta the wrong score fails in D_delta as often as in L2, and the claim is not tested")
  func deltaBelowEta() throws {
    let report = try report(["delta=0.005", "samples=30", "repeats=200"])
    #expect(report.verdict.answer == .notTested)
    let table = try #require(report.tables.first { $0.name == "failures" })
    for row in table.rows { #expect(row[3] == row[7]) }
  }

  @Test("The report has the same bits whatever the threads")
  func threads() throws {
    let assignments = ["samples=100", "repeats=300"]
    // As text, because gaps of curves are NaN, which differs from itself.
    #expect(try "\(report(assignments, threads: 1))" == "\(report(assignments, threads: 3))")
  }
}
