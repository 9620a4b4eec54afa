import Glibc
import ScoreCore
import TestSupport
import Testing

/// The density of the sampler's points on the line.
@Suite struct ChainDensityTests {
  private static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.01)
  private static let mixture = IsotropicMixture(
    means: Points(rows: [[-1], [1]]), weights: [1, 2], deviations: [0.5, 0.5])

  private static func normal(_ x: Points) -> [Double] { x.values.map(StandardNormal.density) }

  private static func chain(
    _ distribution: any KnownScoreDistribution, steps: Int, score: (any ScoreFunction)? = nil,
    startsAtDistribution: Bool = false, grid: any TimeGrid = ExponentialDecayGrid()
  ) -> ChainDensity {
    let level = process.level(at: process.horizon)
    var chain = ChainDensity(
      times: grid.times(stepCount: steps, process: process), process: process,
      score: score ?? ExactScore(distribution), range: -9...9,
      start: startsAtDistribution
        ? { distribution.logDensity(at: $0, level: level).map { exp($0) } } : normal)
    while !chain.isFinished { chain.step() }
    return chain
  }

  @Test(
    "On normal data it is the normal density of the variance recursion",
    arguments: [("uniform", 20), ("exponential_decay", 100), ("geometric", 50)])
  func gaussian(grid: String, steps: Int) throws {
    let v0 = 0.25
    let times = try #require(TimeGridCatalog.entry(named: grid)).make()
    let chain = Self.chain(
      ReferenceGaussian(dimension: 1, variance: v0), steps: steps, grid: times)
    let output = GaussianRecursion(
      of: ExponentialIntegrator(), times: chain.times, process: Self.process, dataVariance: v0
    ).variance(startingAt: 1)
    let (grid, deviation) = (chain.density, output.squareRoot())
    let largest = grid.values.enumerated().map { index, value in
      abs(value - StandardNormal.density(grid.place(index) / deviation) / deviation)
    }.max()
    // What the first long steps of the geometric grid throw out of the range.
    #expect((largest ?? .infinity) < 1e-8)
    let target = CentredNormal(variance: 0.25 * exp(-0.02) - expm1(-0.02))
    let distance = CentredNormal(variance: output).totalVariation(to: target)
    // The trapezoidal rule over the two kinks of |p - q|.
    let found = chain.totalVariation(to: ReferenceGaussian(dimension: 1, variance: v0))
    #expect(abs(found / distance - 1) < 1e-3)
  }

  @Test(
    "On a mixture its distance to the distribution is that of a dense quadrature, and falls like 1 / N",
    arguments: [(50, 0.0206789), (200, 0.0051765)])
  func mixture(steps: Int, expected: Double) {
    // NumPy: full transition matrices on grids half as wide, started from the distribution at the
    // horizon.
    let found = Self.chain(Self.mixture, steps: steps, startsAtDistribution: true)
    #expect(abs(found.totalVariation(to: Self.mixture) / expected - 1) < 1e-3)
    #expect(abs(found.mass - 1) < 1e-8)
    // Started from N(0, 1): the start's 0.0009 has been forgotten but for a part in a hundred.
    let started = Self.chain(Self.mixture, steps: steps)
    let gap = started.density.totalVariation(to: found.density.values)
    #expect(abs(gap / (steps == 50 ? 2.63842e-6 : 5.64618e-6) - 1) < 1e-2)
  }

  @Test("Its bins hold the sampler's own points")
  func samples() {
    let times = ExponentialDecayGrid().times(stepCount: 30, process: Self.process)
    var stream = RandomStream(seed: 9, purpose: .test)
    var run = SamplingPass(
      sampler: ExponentialIntegrator(), times: times, process: Self.process,
      score: ExactScore(Self.mixture), start: stream.normals(count: 20_000, dimension: 1), seed: 9)
    while run.step() != nil {}
    let edges = Self.chain(Self.mixture, steps: 30).quantiles(bins: 20)
    #expect(edges.count == 19)
    var counts = Array(repeating: 0.0, count: 20)
    for x in run.points.values { counts[edges.count { $0 <= x }] += 1 }
    let statistic = counts.reduce(0) { $0 + ($1 - 1000) * ($1 - 1000) / 1000 }
    // The 99.99% point of chi-square with 19 degrees of freedom.
    #expect(statistic < 50.8)
  }

  @Test("Points that leave the range count as different")
  func lost() {
    struct Outward: ScoreFunction {
      var dimension: Int { 1 }
      func score(at x: Points, level: NoiseLevel) -> Points {
        Points(values: x.values.map { $0 > 0 ? 1e6 : .nan }, dimension: 1)
      }
    }
    let thrown = Self.chain(Self.mixture, steps: 10, score: Outward())
    #expect(thrown.mass < 1e-9)
    #expect(thrown.totalVariation(to: Self.mixture) > 1 - 1e-6)
  }
}
