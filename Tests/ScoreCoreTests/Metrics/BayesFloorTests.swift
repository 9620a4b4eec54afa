import Glibc
import ScoreCore
import TestSupport
import Testing

@Suite struct BayesFloorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var dimension: Int
    var variance: Double
    var levels: LevelKind
    var stop: Double
    var testDescription: String { "d \(dimension), v0 \(variance), \(levels), stop \(stop)" }
  }

  static let cases: [Case] = LevelKind.allCases.flatMap { levels in
    [
      Case(dimension: 1, variance: 1, levels: levels, stop: 0.01),
      Case(dimension: 3, variance: 0.25, levels: levels, stop: 0.001),
      Case(dimension: 2, variance: 1e-3, levels: levels, stop: 1e-4),
      Case(dimension: 2, variance: 100, levels: levels, stop: 1e-3),
    ]
  }

  private func finished(_ distribution: ReferenceGaussian, _ test: Case, process: OrnsteinUhlenbeck)
    throws -> BayesFloor
  {
    var run = BayesFloorStepper(
      distribution: distribution, process: process, objective: test.levels.objective,
      seed: 17)
    #expect(run.floor == nil)
    var steps = 0
    while !run.isFinished && steps < 1000 {
      run.step()
      steps += 1
    }
    let floor = run.floor
    run.step()
    #expect(run.floor == floor, "a finished run stays as it is")
    return try #require(floor)
  }

  @Test("The exact path agrees with the closed form and states its error", arguments: cases)
  func exact(test: Case) throws {
    let distribution = ReferenceGaussian(dimension: test.dimension, variance: test.variance)
    let process = OrnsteinUhlenbeck(horizon: 5, stop: test.stop)
    let exact = GaussianFloor.average(distribution, levels: test.levels, process: process)
    let floor = try finished(distribution, test, process: process)
    #expect(floor.method == .exact)
    let gap = abs(floor.value - exact)
    #expect(gap <= max(floor.error, 1e-12 * exact), "gap \(gap), stated \(floor.error)")
    // Six digits, where a loss curve shows four.
    #expect(gap <= 1e-6 * exact, "relative gap \(gap / exact)")
  }

  @Test("The Monte Carlo path agrees within five of its standard errors", arguments: cases)
  func monteCarlo(test: Case) throws {
    let distribution = ReferenceGaussian(
      dimension: test.dimension, variance: test.variance, givesInformation: false)
    let process = OrnsteinUhlenbeck(horizon: 5, stop: test.stop)
    let exact = GaussianFloor.average(distribution, levels: test.levels, process: process)
    let floor = try finished(distribution, test, process: process)
    #expect(floor.method == .monteCarlo(draws: 64 * 64 * 64))
    #expect(abs(floor.value - exact) <= 5 * floor.error, "\(floor.value) for \(exact)")
    // sigma^2 ||s||^2 has variance 2 d q^2 with q <= 1 at a level; strata take nothing away.
    #expect(floor.error > 0)
    #expect(floor.error < 2 * (2 * Double(test.dimension) / (64 * 64 * 64)).squareRoot())
  }

  @Test("The mixture's floor agrees with a fine quadrature over points and levels")
  func mixture() throws {
    let distribution = ReferencePair(separation: 1, variance: 0.04)
    let process = OrnsteinUhlenbeck(horizon: 3, stop: 0.02)
    var run = BayesFloorStepper(
      distribution: distribution, process: process, objective: Objective(), seed: 4)
    while !run.isFinished { run.step() }
    let floor = try #require(run.floor)
    let levelCount = 200
    var sum = 0.0
    for k in 0..<levelCount {
      let level = UniformLogSNR().level(
        atQuantile: (Double(k) + 0.5) / Double(levelCount), of: process)
      let h = 0.005
      let x = Points(values: stride(from: -8, through: 8, by: h).map { $0 }, dimension: 1)
      let density = distribution.logDensity(at: x, level: level).map { exp($0) }
      let norms = distribution.score(at: x, level: level).squaredNorms()
      let information = zip(density, norms).reduce(0) { $0 + $1.0 * $1.1 * h }
      sum += 1 - level.sigma * level.sigma * information
    }
    #expect(abs(floor.value - sum / Double(levelCount)) < 5 * floor.error + 1e-5)
  }
}
