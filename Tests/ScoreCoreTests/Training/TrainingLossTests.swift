import Glibc
import ScoreCore
import TestSupport
import Testing

/// The loss of real runs against the closed form of Gaussian data.
@Suite struct TrainingLossTests {
  static let process = OrnsteinUhlenbeck(horizon: 4, stop: 0.01)

  private func run(_ distribution: ReferenceGaussian, learningRate: Double, levels: LevelKind)
    -> Trainer
  {
    Trainer(
      architecture: Perceptron(dimension: distribution.dimension, hidden: [32, 32], timePairs: 8),
      process: Self.process, trainingSet: .unlimited(distribution), objective: levels.objective,
      optimization: Optimization(
        learningRate: learningRate, average: WeightAverage(decay: 0.998)), batch: 256, seed: 2)
  }

  @Test("A network held at zero has the loss d", arguments: [1, 3])
  func zeroNetwork(dimension: Int) {
    let distribution = ReferenceGaussian(dimension: dimension, variance: 0.5)
    var run = run(distribution, learningRate: 0, levels: .uniformLogSNR)
    let losses = (0..<200).map { _ in run.step().loss }
    let mean = losses.reduce(0, +) / 200
    // ||z||^2 has mean d and variance 2 d; five standard errors over all rows.
    let error = (2 * Double(dimension) / (200 * 256)).squareRoot()
    #expect(abs(mean - Double(dimension)) < 5 * error)
  }

  @Test("Training reaches the Bayes floor of Gaussian data", arguments: LevelKind.allCases)
  func reachesFloor(levels: LevelKind) {
    let distribution = ReferenceGaussian(dimension: 2, variance: 0.25)
    let floor = GaussianFloor.average(distribution, levels: levels, process: Self.process)
    var run = run(distribution, learningRate: 3e-3, levels: levels)
    let held = HeldOutLoss(
      distribution: distribution, process: Self.process, objective: levels.objective,
      seed: 3)
    let start = held.excess(of: run.averagedScore)
    for step in 0..<4000 {
      run.optimization.learningRate = 3e-3 * (1 - Double(step) / 4000)
      _ = run.step()
    }
    run.optimization.learningRate = 0
    let losses = (0..<400).map { _ in run.step().loss }
    let mean = losses.reduce(0, +) / 400
    let spread = losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399
    let excess = held.excess(of: run.averagedScore)
    // The zero network starts E sigma^2 I = 2 - floor above; what is left is below 1/500 of it
    // (1/10 000 is seen).
    #expect(abs(start - (2 - floor)) < 0.1)
    #expect(excess < 0.002 * start && excess > -0.002, "excess \(excess) of \(start)")
    // The loss of the settled run is floor plus excess, within five of its standard errors.
    let error = (spread / 400).squareRoot()
    #expect(abs(mean - floor) < 5 * error + 0.002 * start, "loss \(mean), floor \(floor)")
  }
}
