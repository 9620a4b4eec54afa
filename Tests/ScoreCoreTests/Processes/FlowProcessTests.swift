import Glibc
import ScoreCore
import Testing

/// The process of flow matching and its target.
@Suite struct FlowProcessTests {
  static let process = FlowProcess()

  @Test("The path is straight, and the default horizon leaves 0.1% of the signal")
  func path() {
    for t in [0.001, 0.25, 0.5, 0.75, 0.999] {
      #expect(Self.process.level(at: t) == NoiseLevel(alpha: 1 - t, sigma: t))
    }
    let end = Self.process.level(at: Self.process.horizon)
    #expect(abs(end.alpha - 0.001) < 1e-15 && Self.process.priorDeviation == end.sigma)
    #expect(abs(Self.process.level(at: Self.process.stop).sigma - 0.001) < 1e-15)
  }

  // 2 (1 / (1 - u) + log(1 - u)) between both times: mpmath with 40 digits.
  @Test(
    "The weight of a frozen score keeps its digits in short steps and at little noise",
    arguments: [
      (0.001, 0.999, 1984.1844884406991), (0.001, 0.0010000001, 2.0040061090942916e-13),
      (1e-6, 1.001e-6, 2.0010040040074927e-15), (1e-6, 1e-5, 9.9001332014998676e-11),
      (0.2, 0.3, 0.090080071893811876), (0.998, 0.999, 998.61370563887922),
      (0.5, 0.52, 0.085022677626156488),
    ])
  func frozenScore(end: Double, start: Double, expected: Double) {
    let weight = Self.process.frozenScoreWeight(from: start, to: end)
    #expect(abs(weight / expected - 1) < 1e-14)
  }

  @Test("The flow target's conditional mean is the right-hand side of the probability-flow ODE")
  func velocity() {
    let score = ExactScore(
      GaussianMixture([
        .init(weight: 1, mean: [-1, 0], spread: .isotropic(0.4)),
        .init(weight: 2, mean: [1.2, 0.5], spread: .isotropic(0.7)),
      ]))
    let x = Points(rows: [[0, 0], [1, -0.5], [-2, 1.5], [0.3, 0.1]])
    for t in [0.001, 0.1, 0.5, 0.9, 0.999] {
      let level = Self.process.level(at: t)
      let conversion = ScoreConversion(FlowTarget().coefficients(at: level), at: level)
      let s = score.score(at: x, level: level)
      let (f, g2) = (Self.process.drift(at: t), Self.process.diffusionSquared(at: t))
      for (x, s) in zip(x.values, s.values) {
        let slope = f * x - g2 / 2 * s
        let mean = (s - conversion.scoreFromPoint * x) / conversion.scoreFromTarget
        #expect(abs(mean - slope) <= 1e-13 * (abs(f * x) + abs(g2 * s)), "at \(t)")
      }
    }
  }

  @Test("On the straight path DDIM is Euler's rule for the probability-flow ODE")
  func implicit() {
    func gains(_ sampler: any Sampler) -> [GaussianRecursion.Gain] {
      GaussianRecursion(
        of: sampler, times: LogSNRGrid().times(stepCount: 30, process: Self.process),
        process: Self.process, dataVariance: 0.4
      ).gains
    }
    for (a, b) in zip(gains(ImplicitSampler()), gains(ProbabilityFlowEuler())) {
      #expect(abs(a.factor / b.factor - 1) < 1e-13)
    }
  }
}
