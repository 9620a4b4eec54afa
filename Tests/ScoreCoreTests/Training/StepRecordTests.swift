import Glibc
import Testing

@testable import ScoreCore

/// What a recorded step says of itself, against a network of its own in float64.
@Suite struct StepRecordTests {
  private func run(
    objective: Objective, rule: any UpdateRule = Adam(), residual: Bool = false, batch: Int = 150
  ) -> Trainer {
    Trainer(
      architecture: Perceptron(
        dimension: 2, hidden: [9, 9], activation: .silu,
        timeFeatures: TimeFeatures(.logSNR, pairs: 3),
        positionPairs: 1, isResidual: residual),
      process: OrnsteinUhlenbeck(horizon: 5, stop: 0.01),
      trainingSet: .fixed(Points(rows: (0..<40).map { [sin(Double($0)), cos(2 * Double($0))] })),
      objective: objective, optimization: Optimization(rule: rule, learningRate: 0.01),
      batch: batch, seed: 11, threads: 2)
  }

  static let objectives: [Objective] = [
    Objective(), Objective(noise: .fixed),
    Objective(target: VelocityTarget(), levels: LogNormalSigma(), huberLength: 0.7),
    Objective(target: ScoreTarget(), weighting: SigmaSquaredWeighting(), levels: UniformTime()),
    Objective(levels: NetworkBank(networks: 3), isStratified: false),
  ]

  @Test("A recorded step is the step, bit for bit", arguments: objectives.indices)
  func sameStep(index: Int) {
    var (plain, recorded) = (
      run(objective: Self.objectives[index]), run(objective: Self.objectives[index])
    )
    for _ in 0..<5 {
      let (report, record) = (plain.step(), recorded.recordedStep())
      #expect(record.report == report && record.after == plain.state)
    }
    #expect(plain.state == recorded.state)
  }

  @Test("Points, noise and levels make the inputs and targets", arguments: objectives.indices)
  func rows(index: Int) {
    var training = run(objective: Self.objectives[index])
    for _ in 0..<4 {
      let batch = training.recordedStep().batch
      for row in 0..<batch.count {
        for axis in 0..<2 {
          let i = 2 * row + axis
          let (x, z) = (Double(batch.points[i]), Double(batch.noise[i]))
          let noisy = Double(batch.alphas[row]) * x + Double(batch.sigmas[row]) * z
          let target = Double(batch.targetData[row]) * x + Double(batch.targetNoise[row]) * z
          // A few float32 roundings of sums whose terms are below the bounds given.
          let size = abs(x) + abs(z)
          #expect(
            abs(Double(batch.inputs[i]) - Double(batch.inputScales[row]) * noisy) <= 3e-7 * size)
          let bound = 3e-7 * size * Double(abs(batch.targetData[row]) + abs(batch.targetNoise[row]))
          #expect(abs(Double(batch.targets[i]) - target) <= bound)
        }
      }
    }
  }

  @Test("Weights and batch give the loss and the gradient", arguments: objectives.indices)
  func lossAndGradient(index: Int) throws {
    let objective = Self.objectives[index]
    var training = run(objective: objective, residual: true, batch: 70)
    // The first weights have a zero output layer, whose gradient is the only one.
    for _ in 0..<4 { _ = training.step() }
    let record = training.recordedStep()
    let network = try #require(training.architecture as? Perceptron)
    let reference = ReferenceNetwork(network, huberLength: objective.huberLength)
    let size = training.architecture.parameterCount
    let parameters = record.before.parameters[record.network * size..<(record.network + 1) * size]
      .map { Double($0) }
    let batch = RecordedBatch(record.batch)
    // Float32 against float64: 70 rows of sums over a few dozen terms near 1.
    #expect(abs(reference.loss(parameters, on: batch) / record.report.loss - 1) <= 3e-6)
    let gradient = reference.gradient(parameters, on: batch)
    let largest = gradient.map { abs($0) }.max() ?? 0
    for (found, expected) in zip(record.gradient, gradient) {
      #expect(abs(Double(found) - expected) <= 2e-5 * largest)
    }
  }

  @Test("Loss and gradient of a step are the means of its rows'", arguments: objectives.indices)
  func rowGradients(index: Int) {
    var training = run(objective: Self.objectives[index], residual: true, batch: 70)
    for _ in 0..<4 { _ = training.step() }
    let record = training.recordedStep()
    let parts = (0..<70).map { training.gradient(ofRow: $0, of: record) }
    let loss = parts.reduce(0) { $0 + $1.loss } / 70
    #expect(abs(loss / record.report.loss - 1) <= 1e-6)
    let largest = record.gradient.map { abs($0) }.max() ?? 0
    let rows = parts.flatMap(\.gradient).map { abs($0) }.max() ?? 0
    #expect(largest > 0 && rows > largest)
    for i in record.gradient.indices {
      let mean = parts.reduce(0.0) { $0 + Double($1.gradient[i]) } / 70
      // Rounding of rows that are up to `rows` and mostly cancel in their mean.
      #expect(abs(mean - Double(record.gradient[i])) <= 1e-6 * Double(rows))
    }
  }

  @Test("The gradient, the rate and the moments give the next weights")
  func update() {
    var training = run(objective: Objective(), rule: MomentumDescent(momentum: 0.8, weightDecay: 0))
    for _ in 0..<3 { _ = training.step() }
    let record = training.recordedStep()
    #expect(record.update == 4 && record.rate == 0.01 && record.network == 0)
    for i in record.gradient.indices {
      let moment = 0.8 * record.before.moments[i] + record.gradient[i]
      let expected = record.before.parameters[i] - 0.01 * moment
      // Two roundings of numbers below 1.
      #expect(abs(record.after.parameters[i] - expected) <= 2e-7)
    }
  }
}
