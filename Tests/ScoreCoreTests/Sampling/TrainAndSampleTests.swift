import ScoreCore
import TestSupport
import Testing

@Suite struct TrainAndSampleTests {
  static let process = OrnsteinUhlenbeck(horizon: 4, stop: 0.002)
  static let distribution = ReferencePair(separation: 1, variance: 0.04)

  private func exact(count: Int, index: UInt64) -> [Double] {
    var stream = RandomStream(seed: 50, purpose: .test, index: index)
    return Self.distribution.sample(count: count, using: &stream).values
  }

  private func samples(of score: any ScoreFunction, count: Int) -> [Double] {
    var run = SamplingPass(
      sampler: ExponentialIntegrator(), grid: ExponentialDecayGrid(), stepCount: 200,
      process: Self.process, score: score, count: count, seed: 8)
    while run.step() != nil {}
    return run.points.values
  }

  @Test("A small network trained on two modes samples them")
  func bimodal() {
    var run = Trainer(
      architecture: Perceptron(dimension: 1, hidden: [64, 64], timePairs: 16),
      process: Self.process,
      trainingSet: .unlimited(Self.distribution),
      optimization: Optimization(
        learningRate: 2e-3, schedule: CosineRate(steps: 4000), average: WeightAverage(decay: 0.998)),
      batch: 256, seed: 6)
    let count = 4000
    let untrained = samples(of: run.averagedScore, count: count)
    for _ in 0..<4000 { _ = run.step() }
    // What two exact samples of this size are apart.
    let null = Samples.mean(
      (0..<10).map {
        Samples.wasserstein(exact(count: count, index: $0), exact(count: count, index: 100 + $0))
      })
    let truth = exact(count: count, index: 200)
    let learned = Samples.wasserstein(samples(of: run.averagedScore, count: count), truth)
    let twin = Samples.wasserstein(samples(of: ExactScore(Self.distribution), count: count), truth)
    // Most of the null is the split between the modes, a coin's scatter of 2 / sqrt(count); the
    // learned score may double it, and the exact score stays near it.
    #expect(twin < 3 * null, "exact \(twin), null \(null)")
    #expect(learned < 4 * null, "learned \(learned), null \(null)")
    #expect(Samples.wasserstein(untrained, truth) > 10 * null)
  }
}
