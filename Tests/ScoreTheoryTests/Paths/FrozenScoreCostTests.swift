import Glibc
import ScoreCore
import ScoreTheory
import TestSupport
import Testing

/// What freezing the score costs, and the schedules that make it least.
@Suite struct FrozenScoreCostTests {
  private static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.01)

  private static func candidates(_ count: Int) -> [Double] {
    let shared = LogSNRGrid().times(stepCount: count, process: process)
    return Set(shared + UniformGrid().times(stepCount: count, process: process)).sorted(by: >)
  }

  @Test("The cost from the Fisher information is that of the closed form", arguments: [0.04, 4])
  func information(v0: Double) {
    let distribution = ReferenceGaussian(dimension: 1, variance: v0)
    let times = Self.candidates(60)
    let values = FrozenScoreCost.evaluationTimes(for: times).map {
      1 / distribution.noisyVariance(at: Self.process.level(at: $0))
    }
    let found = FrozenScoreCost(times: times, information: values)
    let exact = FrozenScoreCost(times: times, dataVariance: v0)
    for (from, to) in [(0, 1), (0, 30), (17, 60), (60, times.count - 1), (0, times.count - 1)] {
      // Two nodes on each of some hundred steps in log t.
      #expect(abs(found.cost(from: from, to: to) / exact.cost(from: from, to: to) - 1) < 1e-6)
    }
  }

  @Test("For a mixture the identity behind the cost agrees with simulated paths")
  func mixture() {
    let distribution = LowerBoundPair(eta: 0.3, separation: 3).first
    let times = ExponentialDecayGrid().times(stepCount: 10, process: Self.process)
    var stream = RandomStream(seed: 5, purpose: .test)
    let curve = FisherCurve(
      distribution: distribution, process: Self.process, draws: 10, using: &stream)
    #expect(curve.drawCount == 0)
    let fine = Set(times + LogSNRGrid().times(stepCount: 100, process: Self.process))
      .sorted(by: >)
    let cost = FrozenScoreCost(
      times: fine,
      information: FrozenScoreCost.evaluationTimes(for: fine).map { curve.value(at: $0) })
    let found = PathIntegral(
      distribution: distribution, process: Self.process, estimate: ExactScore(distribution),
      times: times
    ).block(count: 20_000, using: &stream)
    let n = Double(found.discretization.count)
    let mean = found.discretization.reduce(0, +) / n
    let variance = found.discretization.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    let expected = cost.cost(of: times) ?? .nan
    #expect(abs(mean - expected) < 4 * (variance / n).squareRoot() + 2e-3 * expected)
    #expect(found.scoreError.allSatisfy { $0 == 0 })
  }

  @Test(
    "Few long steps cost what adaptive quadrature over them gives",
    arguments: [
      ("uniform", 6, 3.30746922718), ("uniform", 40, 0.676434395328),
      ("exponential_decay", 200, 0.193052584709),
    ])
  func longSteps(grid: String, steps: Int, expected: Double) throws {
    // SciPy: quad over each step, of I by the trapezoidal rule on 4001 points.
    let distribution = IsotropicMixture(
      means: Points(rows: [[-1], [1]]), weights: [1, 2], deviations: [0.5, 0.5])
    var stream = RandomStream(seed: 5, purpose: .test)
    let curve = FisherCurve(
      distribution: distribution, process: Self.process, draws: 10, using: &stream)
    let times = try #require(TimeGridCatalog.entry(named: grid)).make()
      .times(stepCount: steps, process: Self.process)
    let found = curve.frozenScoreCost(times: times)
    #expect(found.standardError == 0)
    // A bound may not be understated: the quadrature is right to 1e-7 of it.
    #expect(abs(found.value / expected - 1) < 1e-7)
  }

  @Test("A mean over draws gives the cost with its standard error")
  func sampledCost() {
    let distribution = ReferenceGaussian(dimension: 2, variance: 0.5, givesInformation: false)
    var stream = RandomStream(seed: 6, purpose: .test)
    let curve = FisherCurve(
      distribution: distribution, process: Self.process, draws: 4000, using: &stream)
    let times = UniformGrid().times(stepCount: 20, process: Self.process)
    let found = curve.frozenScoreCost(times: times)
    let exact = 2 * FrozenScoreCost(times: times, dataVariance: 0.5).costOfAll
    #expect(abs(found.value - exact) < 4 * found.standardError)
    #expect(found.standardError > 0.005 * exact && found.standardError < 0.05 * exact)
  }

  @Test("A mean over draws gives the Fisher information of a distribution that offers none")
  func sampledInformation() {
    let distribution = ReferenceGaussian(dimension: 2, variance: 0.5, givesInformation: false)
    var stream = RandomStream(seed: 6, purpose: .test)
    let curve = FisherCurve(
      distribution: distribution, process: Self.process, draws: 20_000, using: &stream)
    for time in [0.01, 0.3, 5] {
      let exact = 2 / distribution.noisyVariance(at: Self.process.level(at: time))
      // ||s||^2 v is chi-square with 2 degrees of freedom: mean 2, variance 4.
      #expect(abs(curve.value(at: time) / exact - 1) < 4 / 20_000.0.squareRoot())
    }
  }

  @Test("The search finds the best of all choices of times")
  func exhaustive() {
    let times = Self.candidates(4)
    let cost = FrozenScoreCost(times: times, dataVariance: 0.25)
    var search = ScheduleSearch(cost, stepCount: 3)
    while !search.isFinished { search.step() }
    var best = Double.infinity
    for i in 1..<times.count - 2 {
      for j in i + 1..<times.count - 1 {
        let all = cost.cost(from: 0, to: i) + cost.cost(from: i, to: j)
        best = min(best, all + cost.cost(from: j, to: times.count - 1))
      }
    }
    #expect(abs((search.leastCost ?? .nan) - best) < 1e-12)
    #expect(abs((cost.cost(of: search.schedule ?? []) ?? .nan) - best) < 1e-12)
  }

  @Test(
    "The best cost tends to the squared length of the information rate over the steps",
    arguments: [0.04, 0.25, 4])
  func limit(v0: Double) {
    // With I - I' / 2 = 1 / v_t^2 the length is int dt / v_t, and the best cost length^2 / N.
    let (T, stop) = (Self.process.horizon, Self.process.stop)
    let length = 0.5 * log((exp(2 * T) + v0 - 1) / (exp(2 * stop) + v0 - 1))
    let cost = FrozenScoreCost(times: Self.candidates(800), dataVariance: v0)
    var search = ScheduleSearch(cost, stepCount: 100)
    while !search.isFinished { search.step() }
    // The next order of the expansion is near 1 / N of it, with a factor near 3 found at N = 50.
    #expect(abs((search.leastCost ?? .nan) * 100 / (length * length) - 1) < 0.04)
  }
}
