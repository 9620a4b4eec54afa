import Glibc
import ScoreCore
import ScoreTheory
import TestSupport
import Testing

/// Girsanov's integrals, on Gaussian data where all of them have a closed form.
@Suite struct PathIntegralTests {
  /// The score of N(0, v I) times a factor.
  private struct ScaledScore: ScoreFunction {
    let distribution: ReferenceGaussian
    let factor: Double
    var dimension: Int { distribution.dimension }

    func score(at x: Points, level: NoiseLevel) -> Points {
      let v = distribution.noisyVariance(at: level)
      return Points(values: x.values.map { -factor * $0 / v }, dimension: dimension)
    }
  }

  private static let process = OrnsteinUhlenbeck(horizon: 3, stop: 0.01)

  /// `(c - 1)^2 d sum h / v_k`, and the freezing of c times the score, from
  /// `E s_t s_k = e^-(k - t) / v_k`.
  private static func closedForm(
    times: [Double], v0: Double, factor c: Double, dimension d: Double
  ) -> (score: Double, total: Double) {
    func v(_ t: Double) -> Double { 1 + (v0 - 1) * exp(-2 * t) }
    var (score, total) = (0.0, 0.0)
    for (t, s) in zip(times, times.dropFirst()) {
      let h = t - s
      let integral = 0.5 * log((exp(2 * t) + v0 - 1) / (exp(2 * s) + v0 - 1))
      score += (c - 1) * (c - 1) * h / v(t)
      total += integral + c * c * h / v(t) - 2 * c * (1 - exp(-h)) / v(t)
    }
    return (d * score, d * total)
  }

  @Test(
    "The integrals of a scaled Gaussian score are those of the closed form",
    arguments: [(0.25, "uniform"), (0.25, "geometric"), (4, "exponential_decay")])
  func scaledScore(v0: Double, grid: String) throws {
    let distribution = ReferenceGaussian(dimension: 2, variance: v0)
    let times = try #require(TimeGridCatalog.entry(named: grid)).make()
      .times(stepCount: 12, process: Self.process)
    let integral = PathIntegral(
      distribution: distribution, process: Self.process,
      estimate: ScaledScore(distribution: distribution, factor: 1.3), times: times)
    var stream = RandomStream(seed: 3, purpose: .test)
    let block = integral.block(count: 20_000, using: &stream)
    let expected = Self.closedForm(times: times, v0: v0, factor: 1.3, dimension: 2)
    let frozen = Self.closedForm(times: times, v0: v0, factor: 1, dimension: 2).total
    for (found, value) in [
      (block.scoreError, expected.score), (block.total, expected.total),
      (block.discretization, frozen),
    ] {
      let n = Double(found.count)
      let mean = found.reduce(0, +) / n
      let variance = found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
      // Four standard errors, and the quadrature in log t.
      #expect(abs(mean - value) < 4 * (variance / n).squareRoot() + 2e-3 * value)
    }
  }

  @Test("The path integral bounds the divergence of the chain's joint distribution, and is near it")
  func jointDistribution() {
    // Both chains are linear and normal, so the divergence of the joint distributions at the grid
    // is a sum of divergences of normal transitions; paths between the times can only add to it.
    let v0 = 0.25
    let times = UniformGrid().times(stepCount: 200, process: Self.process)
    func v(_ t: Double) -> Double { 1 + (v0 - 1) * exp(-2 * t) }
    var joint = 0.0
    for (t, s) in zip(times, times.dropFirst()) {
      let h = t - s
      let slope = exp(-h) * v(s) / v(t)
      let spread = v(s) - slope * slope * v(t)
      let gap = slope - (exp(h) - 2 * (exp(h) - 1) / v(t))
      let noise = exp(2 * h) - 1
      joint += 0.5 * (spread / noise - 1 - log(spread / noise) + gap * gap * v(t) / noise)
    }
    let path = FrozenScoreCost(times: times, dataVariance: v0).costOfAll
    #expect(joint <= path)
    #expect(joint > 0.5 * path)
  }

  @Test("Paths of the exact reverse process have the noisy distribution at every time")
  func exactPaths() {
    // An estimate that is 0 has the error ||s||, whose mean square is the Fisher information.
    let distribution = ReferenceGaussian(dimension: 1, variance: 0.3)
    let times = LogSNRGrid().times(stepCount: 6, process: Self.process)
    let integral = PathIntegral(
      distribution: distribution, process: Self.process,
      estimate: ScaledScore(distribution: distribution, factor: 0), times: times,
      resolvesSteps: false)
    var stream = RandomStream(seed: 4, purpose: .test)
    let block = integral.block(count: 40_000, using: &stream)
    for (k, errors) in block.errors.enumerated() {
      let squares = errors.map { Double($0) * Double($0) }
      let mean = squares.reduce(0, +) / Double(squares.count)
      let expected = 1 / distribution.noisyVariance(at: Self.process.level(at: times[k]))
      // The square of a normal number has variance 2.
      #expect(abs(mean / expected - 1) < 4 * (2 / Double(squares.count)).squareRoot())
    }
  }
}
