import ScoreCore
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct CertificateTests {
  @Test("A briefly trained run passes every check")
  func trained() throws {
    let report = try ExperimentConfiguration.finished(
      "certificate",
      ["training_steps=300", "paths=3000", "run.sampler.count=5000", "run.sampler.steps=60"])
    #expect(report.failures.isEmpty, "\(report.failures)")
    let terms = try #require(report.tables.first)
    #expect(terms.rows.allSatisfy { $0[1] != .none })
    // What the three terms bound is at most what the whole is, and adds up to no less.
    let measured = terms.rows.prefix(4).map { row -> Double in
      if case .number(let value) = row[3] { value } else { .nan }
    }
    #expect(measured[0] + measured[1] + measured[2] >= measured[3])
    let scores = try #require(report.tables.first { $0.name == "distances" })
    #expect(
      scores.rows.map { $0[0] }
        == ["the network", "exact", "one Gaussian", "zero"].map { .text($0) })
    let distances = scores.rows.map { row -> Double in
      if case .number(let value) = row[1] { value } else { .nan }
    }
    #expect(
      distances[1] < distances[0] && distances[0] < distances[2] && distances[2] < distances[3])
  }

  @Test("The steps' distances are those of an independent quadrature, and fall like 1 / N")
  func sweep() throws {
    let report = try ExperimentConfiguration.finished(
      "certificate",
      ["training_steps=0", "paths=1000", "run.sampler.count=2000", "run.sampler.steps=100"])
    let table = try #require(report.tables.first { $0.name == "steps" })
    func number(_ cell: ReportTable.Cell) -> Double {
      switch cell {
      case .number(let value): value
      case .integer(let value): Double(value)
      default: .nan
      }
    }
    let distribution = table.rows.filter { $0[0] == .text("the distribution") }
    // NumPy: full transition matrices on grids half as wide, started from the distribution at the
    // horizon.
    for (N, distance) in [(25.0, 0.0414220), (50, 0.0206789), (100, 0.0103463), (400, 0.0025893)] {
      let row = try #require(distribution.first { number($0[1]) == N })
      #expect(abs(number(row[3]) / distance - 1) < 1e-3)
    }
    // On N(0, 0.25 I) they grow with the dimension as chi-square distributions say.
    let dimensions = table.rows.suffix(CertificateSweep.dimensions.count)
    #expect(dimensions.map { number($0[2]) } == CertificateSweep.dimensions.map(Double.init))
    #expect(dimensions.allSatisfy { number($0[3]) < number($0[4]) })
  }

  @Test("The exact score has no score term, in the plane as on the line")
  func exact() throws {
    let report = try ExperimentConfiguration.finished(
      "certificate",
      [
        "training_steps=0", "paths=1000", "run.sampler.count=2000", "run.sampler.steps=40",
        "run.distribution={kind: ring_of_gaussians}",
      ])
    #expect(report.failures.isEmpty, "\(report.failures)")
    #expect(report.checks.contains { $0.name == "exact_score_term" })
  }

  @Test("Another process is refused")
  func refusal() {
    #expect(throws: ParameterError.self) {
      try ExperimentConfiguration("certificate").setting(["run.process={kind: ve}"])
        .makeDriver(dataSource: DataFile())
    }
  }
}
