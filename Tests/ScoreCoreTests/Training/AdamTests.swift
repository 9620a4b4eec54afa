import Glibc
import Testing

@testable import ScoreCore

@Suite struct AdamTests {
  static let shape = NetworkShape(dimension: 1, hidden: [3, 4], timePairs: 2)

  static func run(learningRate: Double = 1e-2, averageDecay: Double = 0.9) -> TrainingRun {
    var run = TrainingRun(
      shape: shape, process: OrnsteinUhlenbeck(horizon: 3, stop: 0.05),
      trainingSet: .unlimited(ReferenceGaussian(variance: 0.3)), levels: .uniformLogSNR,
      optimizer: Adam(learningRate: learningRate), batch: 8, averageDecay: averageDecay, seed: 21)
    run.state = TrainingState(parameters: shape.testParameters(seed: 22))
    return run
  }

  /// Algorithm 1 of Kingma and Ba in float64 on central-difference gradients, with the average.
  private func reference(steps: Int, of run: TrainingRun) -> (
    parameters: [Double], average: [Double]
  ) {
    let network = ReferenceNetwork(Self.shape)
    var theta = run.state.parameters.map { Double($0) }
    var average = theta
    var m = theta.map { _ in 0.0 }
    var v = m
    for t in 1...steps {
      let clean = run.trainingSet.batch(count: run.batch, step: t - 1, seed: run.seed)
      let batch = NoisyBatch(
        clean: clean, levels: run.levels, process: run.process, seed: run.seed, step: t - 1)
      let g = network.gradient(theta, on: RecordedBatch(batch))
      let decay = min(run.averageDecay, Double(1 + t) / Double(10 + t))
      for i in theta.indices {
        m[i] = 0.9 * m[i] + 0.1 * g[i]
        v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i]
        let mHat = m[i] / (1 - pow(0.9, Double(t)))
        let vHat = v[i] / (1 - pow(0.999, Double(t)))
        theta[i] -= run.optimizer.learningRate * mHat / (vHat.squareRoot() + 1e-8)
        average[i] = decay * average[i] + (1 - decay) * theta[i]
      }
    }
    return (theta, average)
  }

  @Test("Fifty steps follow an independent float64 Adam")
  func trajectory() {
    var run = Self.run()
    let exact = reference(steps: 50, of: run)
    let start = run.state.parameters
    for _ in 0..<50 { _ = run.step() }
    var (worst, worstAverage, moved) = (0.0, 0.0, 0.0)
    for i in start.indices {
      worst = max(worst, abs(Double(run.state.parameters[i]) - exact.parameters[i]))
      worstAverage = max(worstAverage, abs(Double(run.state.average[i]) - exact.average[i]))
      moved = max(moved, abs(Double(run.state.parameters[i] - start[i])))
    }
    // Parameters move by up to 50 steps of 1e-2, and each step keeps about six digits; Adam
    // divides by the gradient's size, so an entry near zero keeps fewer.
    #expect(moved > 0.1)
    #expect(worst < 2e-6, "largest gap \(worst)")
    #expect(worstAverage < 2e-6, "largest gap \(worstAverage)")
  }

  @Test("The first step moves every parameter by the learning rate")
  func firstStep() {
    var run = Self.run(learningRate: 0.125)
    // From zero the new value is the step itself, without the rounding of a difference.
    run.optimizer.epsilon = 1e-30
    run.state = TrainingState(parameters: Self.shape.testParameters(seed: 22))
    let last = Self.shape.layers[2]
    for i in last.weightOffset..<Self.shape.parameterCount { run.state.parameters[i] = 0 }
    _ = run.step()
    for i in last.weightOffset..<Self.shape.parameterCount {
      // m / sqrt(v) of one gradient is its sign, to a few float32 roundings.
      #expect(abs(abs(Double(run.state.parameters[i])) / 0.125 - 1) < 1e-6)
    }
  }

  @Test("A young average forgets its start")
  func warmUp() {
    let run = Self.run(averageDecay: 0.999)
    #expect(run.averageDecay(step: 1) == 2.0 / 11)
    #expect(run.averageDecay(step: 90) == 91.0 / 100)
    #expect(run.averageDecay(step: 1_000_000) == 0.999)
    for step in 1..<20_000 {
      #expect(run.averageDecay(step: step) <= run.averageDecay(step: step + 1))
    }
  }

  @Test("An average without decay is the parameters themselves")
  func withoutAverage() {
    var run = Self.run(averageDecay: 0)
    for _ in 0..<5 { _ = run.step() }
    for (p, a) in zip(run.state.parameters, run.state.average) {
      // average + (p - average) rounds once.
      #expect(abs(p - a) <= 1e-6 * max(1, abs(p)))
    }
  }
}
