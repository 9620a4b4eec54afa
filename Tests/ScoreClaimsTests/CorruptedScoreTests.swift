import ScoreCore
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct CorruptedScoreTests {
  private static let small = ["run.sampler.count=20000", "pair_count=20000", "pair_steps=200"]

  @Test("At a fifth of the standard size every check passes, those against quadrature included")
  func passes() throws {
    let report = try ExperimentConfiguration.finished("corrupted_score", Self.small)
    #expect(report.failures.isEmpty, "\(report.failures)")
    #expect(report.checks.contains { $0.basis.hasPrefix("quadrature") })
    guard case .plot(let plot)? = report.figures.first?.content else {
      Issue.record("The paths are a plot.")
      return
    }
    // Each path ends with a gap.
    #expect(plot.series.first { $0.label == "hit" }?.y.count { $0.isNaN } == 16)
    #expect(plot.series.first { $0.label == "not hit" }?.y.count { $0.isNaN } == 40)
  }

  @Test(
    "A distribution in the plane that is no mixture of Gaussians shows no fault, and its few steps cost what they cost"
  )
  func plane() throws {
    let report = try ExperimentConfiguration.finished(
      "corrupted_score",
      [
        "run.distribution={kind: checkerboard}", "run.sampler.count=4000", "run.sampler.steps=20",
        "pair_count=20000", "deltas=[0.05, 0.2]", "kick=300",
      ])
    #expect(report.faults.isEmpty, "\(report.faults)")
    // Twenty steps throw more points into the regions than the distribution has there, so that the
    // cost is not below the smaller delta beyond doubt.
    #expect(
      report.failures.allSatisfy { $0.name == "cost_below_delta" && $0.outcome == .undecided })
  }

  @Test("The report is of the configuration and the seed alone, and open until it is measured")
  func determinism() throws {
    let tiny = ["run.sampler.count=2000", "pair_count=2000", "run.sampler.steps=12"]
    let first = try ExperimentConfiguration.finished("corrupted_score", tiny, threads: 1)
    let second = try ExperimentConfiguration.finished("corrupted_score", tiny, threads: 3)
    // As text, in which the gaps between paths are equal.
    #expect("\(first)" == "\(second)")
    let start = try ExperimentConfiguration("corrupted_score").makeDriver(dataSource: DataFile())
    #expect(start.report.verdict.answer == .notTested)
  }

  @Test(
    "Another process, another sampler and deltas out of order are refused with one line",
    arguments: [
      (["run.process={kind: vp}"], "run.process.kind: expected ornstein_uhlenbeck"),
      (["run.sampler={kind: ddim}"], "run.sampler.kind: expected exponential_integrator"),
      (["deltas=[0.2, 0.1]"], "deltas"),
    ])
  func refusals(assignments: [String], message: String) throws {
    do {
      _ = try ExperimentConfiguration("corrupted_score").setting(assignments)
        .makeDriver(dataSource: DataFile())
      Issue.record("This should be refused.")
    } catch {
      #expect("\(error)".contains(message), "\(error)")
      #expect(!"\(error)".contains("\n"))
    }
  }
}
