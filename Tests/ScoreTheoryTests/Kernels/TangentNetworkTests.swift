import Testing

@testable import ScoreCore
@testable import ScoreTheory

/// A run of the two-layer network, in float32, against descent in float64 on the same data.
@Suite struct TangentNetworkTests {
  private static let process = OrnsteinUhlenbeck(horizon: 2, stop: 0.1)
  private static let count = 200

  private func run(_ constraint: WeightBall? = nil, rate: Double = 0.1) -> Trainer {
    let network = NeuralTangentNetwork(
      InputEncoding(dimension: 2, timeFeatures: TimeFeatures(.sinceStop, pairs: 0)), width: 200)
    let ring = GaussianMixture(
      (0..<4).map { k in
        .init(
          mean: [[1.0, 0], [0, 1], [-1, 0], [0, -1]][k], spread: .isotropic(0.1))
      })
    return Trainer(
      architecture: network, process: Self.process,
      trainingSet: .make(from: ring, count: Self.count, seed: 3),
      objective: Objective(target: DataTarget(), levels: UniformTime(), noise: .fixedPairs),
      optimization: Optimization(
        rule: FullBatchDescent(), learningRate: rate, constraint: constraint), batch: 1, seed: 4)
  }

  /// The same descent in float64, on the inputs and targets that the steps of a run have.
  private func descent(of run: Trainer, radius: Double? = nil, rate: Double = 0.1) throws
    -> TwoLayerDescent
  {
    var copy = run
    let batch = copy.recordedStep().batch
    let network = try #require(run.architecture as? NeuralTangentNetwork)
    // The coordinates, then the level: t - T_0.
    let inputs = (0..<batch.count).map { row in
      [Double(batch.inputs[2 * row]), Double(batch.inputs[2 * row + 1]), Double(batch.clocks[row])]
    }
    #expect(batch.weights.allSatisfy { $0 == 1 } && batch.count == Self.count)
    // A run's loss is the mean of squared errors, this one's of half of them.
    return TwoLayerDescent(
      TwoLayerNetwork(network, parameters: run.state.parameters), inputs: Points(rows: inputs),
      targets: Points(values: batch.targets.map { Double($0) }, dimension: 2), rate: 2 * rate,
      radius: radius)
  }

  private func weights(_ run: Trainer) throws -> [Double] {
    TwoLayerNetwork(
      try #require(run.architecture as? NeuralTangentNetwork), parameters: run.state.parameters
    ).weights
  }

  // A step rounds each weight by 3e-8 of it in the mean, and adds what float32 does to the gradient, 1e-7
  // of a step of 1e-3. Roundings add up like a walk: 3e-8 sqrt(300) = 5e-7, and the largest of 600 weights of
  // size up to 3 some ten times that. A row that crosses a kink a step apart in the two would add
  // 2 rate / (n sqrt(m)) = 7e-5 to a neuron; here none does.
  @Test(
    "Three hundred steps end within float32 of descent in float64", arguments: [nil, 0.6])
  func agreement(radius: Double?) throws {
    var run = run(radius.map { WeightBall(radius: $0) })
    var exact = try descent(of: run, radius: radius)
    let start = exact.trainingLoss
    for _ in 0..<300 {
      let loss = run.step().loss
      #expect(abs(loss / exact.trainingLoss - 1) < 1e-5)
      exact.advance()
    }
    let worst = zip(try weights(run), exact.network.weights).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(worst < 2e-5, "\(worst)")
    // It went somewhere, and with a radius to its surface.
    #expect(exact.trainingLoss < 0.9 * start && exact.movement > 0.5)
    if let radius { #expect(abs(exact.movement / radius - 1) < 1e-9) }
  }

  @Test("Another rate or another radius is told apart")
  func sensitivity() throws {
    for (constraint, rate, radius) in [
      (nil, 0.11, nil), (WeightBall(radius: 0.6), 0.1, 0.61),
    ] as [(WeightBall?, Double, Double?)] {
      var run = run(constraint, rate: rate)
      var exact = try descent(of: run, radius: radius)
      for _ in 0..<300 {
        _ = run.step()
        exact.advance()
      }
      let worst = zip(try weights(run), exact.network.weights).reduce(0) {
        max($0, abs($1.0 - $1.1))
      }
      #expect(worst > 1e-4)
    }
  }
}
