import TestSupport
import Testing

@testable import ScoreCore

/// The gradient of a training step against central differences of an independent float64 network.
@Suite struct BackpropagationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var architecture: Perceptron
    var objective = Objective()
    var batch = 100
    var testDescription: String { name }
  }

  static let cases: [Case] =
    plain
    + Activation.allCases.map { activation in
      Case(
        name: "\(activation.rawValue), residual, positions",
        architecture: Perceptron(
          dimension: 2, hidden: [9, 9, 9, 6], activation: activation,
          timeFeatures: TimeFeatures(.logSNR, pairs: 2), positionPairs: 2, isResidual: true))
    }
    + TrainingTargetCatalog.all.compactMap { entry in
      (try? entry.make()).map {
        Case(
          name: "target \(entry.name), weighting edm",
          architecture: Perceptron(
            dimension: 2, hidden: [7, 7], timeFeatures: TimeFeatures(.time, pairs: 1)),
          objective: Objective(target: $0, weighting: EDMWeighting(dataDeviation: 0.7)))
      }
    }
    + [0.3, 1].map { length in
      Case(
        name: "Huber length \(length), weighting edm",
        architecture: Perceptron(
          dimension: 2, hidden: [7, 7], timeFeatures: TimeFeatures(.time, pairs: 1)),
        objective: Objective(weighting: EDMWeighting(dataDeviation: 0.7), huberLength: length))
    } + [
      Case(
        name: "linear, plain time",
        architecture: Perceptron(
          dimension: 3, hidden: [], timeFeatures: TimeFeatures(.plain, pairs: 0)))
    ]

  private static let plain = [
    (1, [1], 1, 1), (1, [7], 3, 65), (2, [13, 9], 3, 100), (2, [16, 8, 16], 4, 64),
    (3, [5, 11, 3], 2, 130),
    // More than one round, and a last shard that is not full.
    (2, [9, 5], 2, 8 * 64 + 3 * 64 + 17), (2, [9, 5], 2, 8 * 128 + 2 * 128 + 5),
  ].map { dimension, hidden, pairs, batch in
    Case(
      name: "d \(dimension), \(hidden), \(pairs) pairs, \(batch) rows",
      architecture: Perceptron(dimension: dimension, hidden: hidden, timePairs: pairs), batch: batch
    )
  }

  /// The loss and the gradient, lanes summed, of a batch.
  private func computed(_ plan: BatchPlan, _ architecture: Perceptron, _ parameters: [Float]) -> (
    loss: Double, gradient: [Double]
  ) {
    var workspace = GradientWorkspace()
    workspace.prepare(architecture, rows: plan.count, threads: 2)
    let loss = workspace.lossAndGradient(
      of: plan, architecture: architecture, parameters: parameters, threads: 2)
    let gradient = (0..<architecture.parameterCount).map { i in
      (0..<workspace.lanes).reduce(0.0) {
        $0 + Double(workspace.gradients[$1 * architecture.parameterCount + i])
      }
    }
    return (loss, gradient)
  }

  private func plan(_ test: Case) -> BatchPlan {
    var stream = RandomStream(seed: 4, purpose: .test)
    let distribution = ReferenceGaussian(dimension: test.architecture.dimension, variance: 0.5)
    return TestPlan.make(
      of: distribution.sample(count: test.batch, using: &stream), objective: test.objective,
      process: OrnsteinUhlenbeck(horizon: 5, stop: 0.01),
      features: test.architecture.encoding.timeFeatures,
      seed: 5, step: 6)
  }

  @Test("Every tensor's gradient agrees with central differences", arguments: cases)
  func gradient(test: Case) {
    let architecture = test.architecture
    let parameters = architecture.testParameters(seed: 3)
    let plan = plan(test)
    let (loss, gradient) = computed(plan, architecture, parameters)
    let reference = ReferenceNetwork(architecture, huberLength: test.objective.huberLength)
    let recorded = RecordedBatch(plan)
    let wide = parameters.map { Double($0) }
    let exactLoss = reference.loss(wide, on: recorded)
    let exact = reference.gradient(wide, on: recorded)
    // Float32 rounds by 2^-24 = 6e-8 an operation. An entry passes through up to eight products
    // whose roundings mostly cancel, and the wave features are off by up to 5e-7: 2e-6 leaves room
    // (2e-7 is seen). Entries are sums over rows that partly cancel, so an error is measured
    // against the tensor's largest entry.
    #expect(abs(loss - exactLoss) <= 2e-6 * exactLoss)
    for (index, layer) in architecture.layers.enumerated() {
      let tensors = [
        ("weights", layer.weightOffset..<layer.weightOffset + layer.weightCount),
        ("biases", layer.biasOffset..<layer.biasOffset + layer.outputs),
      ]
      for (name, range) in tensors {
        let scale = exact[range].reduce(0) { max($0, abs($1)) }
        let worst = range.reduce(0) { max($0, abs(gradient[$1] - exact[$1])) }
        #expect(scale > 1e-4, "layer \(index) \(name) is not exercised")
        #expect(worst <= 2e-6 * scale, "layer \(index) \(name): \(worst / scale)")
      }
    }
  }

  @Test("Training frozen features moves the output layer alone, along its gradient")
  func frozenFeatures() {
    let architecture = Perceptron(
      dimension: 2, hidden: [30], activation: .relu, timeFeatures: TimeFeatures(.plain, pairs: 0),
      hasFrozenFeatures: true)
    var run = Trainer(
      architecture: architecture, process: OrnsteinUhlenbeck(horizon: 5, stop: 0.01),
      trainingSet: .unlimited(ReferenceGaussian(dimension: 2)),
      optimization: Optimization(
        rule: MomentumDescent(momentum: 0, weightDecay: 0.5), learningRate: 0.1), batch: 64,
      seed: 1)
    let start = run.state.parameters
    let exact = ReferenceNetwork(architecture).gradient(
      start.map { Double($0) }, on: RecordedBatch(run.makePlan()))
    _ = run.step()
    let last = architecture.layers[1].weightOffset
    #expect(run.state.parameters[..<last] == start[..<last])
    let scale = exact[last...].reduce(0) { max($0, abs($1)) }
    for i in last..<architecture.parameterCount {
      let step = Double(start[i]) - Double(run.state.parameters[i])
      #expect(abs(step - 0.1 * exact[i]) <= 2e-6 * 0.1 * scale)
    }
  }
}
