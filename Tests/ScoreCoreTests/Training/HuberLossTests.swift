import ScoreCore
import TestSupport
import Testing

/// Huber's loss in place of the squared one.
@Suite struct HuberLossTests {
  private func run(huberLength: Double, target: any TrainingTarget = NoiseTarget()) -> Trainer {
    Trainer(
      architecture: Perceptron(dimension: 3, hidden: [16, 16], timePairs: 2),
      process: OrnsteinUhlenbeck(horizon: 4, stop: 0.01),
      trainingSet: .unlimited(ReferenceGaussian(dimension: 3, variance: 0.5)),
      objective: Objective(target: target, huberLength: huberLength),
      optimization: Optimization(learningRate: 0.01), batch: 200, seed: 5, threads: 2)
  }

  @Test("A length that no error reaches is the squared loss, bit for bit")
  func hugeLength() {
    var (plain, huge) = (run(huberLength: .infinity), run(huberLength: 1e30))
    for _ in 0..<20 { #expect(plain.step() == huge.step()) }
    #expect(plain.state == huge.state)
  }

  @Test("A length that errors reach lowers the loss and changes the weights")
  func smallLength() {
    var (plain, huber) = (run(huberLength: .infinity), run(huberLength: 0.5))
    // The weights are the same before the first step, and |z| is above 0.5 for most points.
    #expect(huber.step().loss < 0.8 * plain.step().loss)
    #expect(plain.state.parameters != huber.state.parameters)
  }

  @Test("The pull of a row is bounded: far outliers move a constant as much as farther ones")
  func boundedInfluence() {
    // A linear network that sees pure noise at one level learns the mean of its data target.
    func bias(outlier: Double, huberLength: Double) -> Double {
      let values = Array(repeating: 0.0, count: 19) + [outlier]
      var run = Trainer(
        architecture: Perceptron(
          dimension: 1, hidden: [], timeFeatures: TimeFeatures(.plain, pairs: 0)),
        process: OrnsteinUhlenbeck(horizon: 12, stop: 0.01),
        trainingSet: .fixed(Points(values: values, dimension: 1)),
        objective: Objective(
          target: DataTarget(), levels: FixedLevel(time: 8), huberLength: huberLength),
        optimization: Optimization(
          rule: MomentumDescent(momentum: 0, weightDecay: 0), learningRate: 0.005,
          average: WeightAverage(decay: 0.99)), batch: 200, seed: 5, threads: 1)
      for _ in 0..<2000 { _ = run.step() }
      let origin = Points(zeros: 1, dimension: 1)
      return run.averagedScore.prediction(at: origin, level: run.process.level(at: 8)).values[0]
    }
    // The minimum solves 19 b = c: 1/19 for c = 1, and 1 % of batch noise is allowed for.
    #expect(abs(bias(outlier: 100, huberLength: 1) - 1.0 / 19) < 0.03)
    #expect(abs(bias(outlier: 1000, huberLength: 1) - 1.0 / 19) < 0.03)
    #expect(bias(outlier: 100, huberLength: .infinity) > 3)
  }
}
