import Glibc
import TestSupport
import Testing

@testable import ScoreCore

/// The two-layer network in the parametrisation of the tangent kernel.
@Suite struct NeuralTangentNetworkTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var network: NeuralTangentNetwork
    var target: any TrainingTarget = DataTarget()
    var batch = 100
    var testDescription: String { name }
  }

  static let process = OrnsteinUhlenbeck(horizon: 3, stop: 0.05)
  private static let time = TimeFeatures(.sinceStop, pairs: 0)

  static let cases = [
    Case(
      name: "the paper's",
      network: NeuralTangentNetwork(InputEncoding(dimension: 2, timeFeatures: time), width: 24)),
    Case(
      name: "outer weights trained, one neuron",
      network: NeuralTangentNetwork(
        InputEncoding(dimension: 1, timeFeatures: time), width: 1, trainsOuterWeights: true),
      batch: 30),
    Case(
      name: "outer weights trained, points from a ball, more shards than lanes",
      network: NeuralTangentNetwork(
        InputEncoding(dimension: 3, timeFeatures: time, radius: 0.8), width: 37,
        trainsOuterWeights: true),
      target: VelocityTarget(), batch: 8 * 64 + 3 * 64 + 17),
    Case(
      name: "waves of level and coordinates, points from a ball",
      network: NeuralTangentNetwork(
        InputEncoding(
          dimension: 2, positionPairs: 2, timeFeatures: TimeFeatures(.logSNR, pairs: 2),
          radius: 1.1), width: 16),
      target: NoiseTarget()),
  ]

  private func plan(_ test: Case) -> BatchPlan {
    var stream = RandomStream(seed: 4, purpose: .test)
    let distribution = ReferenceGaussian(dimension: test.network.dimension, variance: 0.5)
    return TestPlan.make(
      of: distribution.sample(count: test.batch, using: &stream),
      objective: Objective(target: test.target, levels: UniformTime()), process: Self.process,
      features: test.network.encoding.timeFeatures, seed: 5, step: 6)
  }

  /// Parameters away from their start, so that outer weights are no signs.
  private func parameters(_ network: NeuralTangentNetwork) -> [Float] {
    var stream = RandomStream(seed: 8, purpose: .test)
    return network.initialParameters(seed: 3).map { $0 + 0.3 * Float(stream.normal()) }
  }

  @Test("Every parameter's gradient agrees with the formula in float64", arguments: cases)
  func gradient(test: Case) {
    let (network, plan) = (test.network, plan(test))
    let parameters = parameters(network)
    var workspace = GradientWorkspace()
    workspace.prepare(network, rows: plan.count, threads: 2)
    let loss = workspace.lossAndGradient(
      of: plan, architecture: network, parameters: parameters, threads: 2)
    let found = (0..<network.parameterCount).map { i in
      (0..<workspace.lanes).reduce(0.0) {
        $0 + Double(workspace.gradients[$1 * network.parameterCount + i])
      }
    }
    let exact = ReferenceTangentNetwork(network).gradient(
      parameters.map { Double($0) }, on: RecordedBatch(plan))
    // As for the perceptron: some roundings of 6e-8, measured against the tensor's largest entry.
    #expect(abs(loss - exact.loss) <= 2e-6 * exact.loss)
    for segment in network.segments {
      let scale = exact.gradient[segment.range].reduce(0) { max($0, abs($1)) }
      let worst = segment.range.reduce(0) { max($0, abs(found[$1] - exact.gradient[$1])) }
      #expect((scale > 1e-4) == segment.isTrained, "\(segment.name)")
      #expect(worst <= 2e-6 * scale, "\(segment.name): \(worst / scale)")
    }
  }

  // The loss is a polynomial of degree two along each inner weight between kinks: central differences
  // have no error but rounding, 1e-16 over the step, and what the kinks of rows within 1e-6 of one do.
  @Test("The formula's gradient agrees with differences", arguments: cases)
  func differences(test: Case) {
    let reference = ReferenceTangentNetwork(test.network)
    let (batch, h) = (RecordedBatch(plan(test)), 1e-6)
    let wide = parameters(test.network).map { Double($0) }
    let exact = reference.gradient(wide, on: batch).gradient
    let scale = exact.reduce(0) { max($0, abs($1)) }
    for i in test.network.trainedOffset..<wide.count {
      var (above, below) = (wide, wide)
      above[i] += h
      below[i] -= h
      let slope =
        (reference.gradient(above, on: batch).loss - reference.gradient(below, on: batch).loss)
        / (above[i] - below[i])
      #expect(abs(slope - exact[i]) < 1e-6 * max(1, scale), "parameter \(i)")
    }
  }

  @Test("The prediction, with the level folded in, agrees with float64", arguments: cases)
  func prediction(test: Case) {
    let network = test.network
    var stream = RandomStream(seed: 3, purpose: .test)
    let x = stream.normals(count: 300, dimension: network.dimension)
    let level = Self.process.level(at: 0.7)
    let parameters = parameters(network)
    let score = NetworkScore(
      architecture: network, parameters: parameters, target: test.target, process: Self.process)
    let found = score.prediction(at: x, level: level)
    let clock = network.encoding.timeFeatures.clock(at: level, process: Self.process)
    for row in 0..<x.count {
      let exact = ReferenceTangentNetwork(network).output(
        parameters.map { Double($0) }, point: x.row(row), clock: clock)
      // Float32 sums of at most 37 terms of size 3.
      for axis in exact.indices { #expect(abs(found[row, axis] - exact[axis]) < 5e-6) }
    }
  }

  @Test("The change along a direction agrees with differences, also outside the ball of inputs")
  func direction() {
    for test in Self.cases {
      let network = test.network
      var stream = RandomStream(seed: 9, purpose: .test)
      let x = stream.normals(count: 200, dimension: network.dimension)
      let v = stream.normals(count: 200, dimension: network.dimension)
      let level = Self.process.level(at: 0.7)
      let parameters = parameters(network)
      let found = NetworkScore(
        architecture: network, parameters: parameters, target: test.target, process: Self.process
      ).predictionDerivative(at: x, along: v, level: level)
      let reference = ReferenceTangentNetwork(network)
      let clock = network.encoding.timeFeatures.clock(at: level, process: Self.process)
      let (wide, h) = (parameters.map { Double($0) }, 1e-6)
      for row in 0..<x.count {
        func output(_ step: Double) -> [Double] {
          let point = zip(x.row(row), v.row(row)).map { $0 + step * $1 }
          return reference.output(wide, point: point, clock: clock)
        }
        for (axis, pair) in zip(output(h), output(-h)).enumerated() {
          // Float32 slopes of size 10; no point is within h of a kink here.
          #expect(abs(found[row, axis] - (pair.0 - pair.1) / (2 * h)) < 2e-5, "\(test.name)")
        }
      }
    }
  }

  @Test("Inner weights start standard normal, outer ones as signs, and only what is trained moves")
  func start() {
    for trains in [false, true] {
      let network = NeuralTangentNetwork(
        InputEncoding(dimension: 2, timeFeatures: Self.time), width: 4000,
        trainsOuterWeights: trains)
      let (outer, inner) = (network.segments[0].range, network.segments[1].range)
      #expect(outer == 0..<8000 && inner == 8000..<20_000 && network.parameterCount == 20_000)
      #expect(network.trainedOffset == (trains ? 0 : 8000))
      let parameters = network.initialParameters(seed: 5)
      #expect(parameters[outer].allSatisfy { abs($0) == 1 })
      // Four standard errors: of signs, and of squares of normal numbers.
      #expect(abs(parameters[outer].reduce(0, +)) < 4 * Float(8000).squareRoot())
      let squares = parameters[inner].reduce(0.0) { $0 + Double($1) * Double($1) } / 12_000
      #expect(abs(squares - 1) < 4 * (2 / 12_000.0).squareRoot())
      var run = trainer(network)
      for _ in 0..<5 { _ = run.step() }
      #expect(
        (run.state.parameters[outer] == run.architecture.initialParameters(seed: 1)[outer])
          == !trains)
      #expect(run.state.parameters[inner] != run.architecture.initialParameters(seed: 1)[inner])
    }
  }

  private func trainer(_ network: NeuralTangentNetwork, threads: Int = 2) -> Trainer {
    Trainer(
      architecture: network, process: Self.process,
      trainingSet: .make(
        from: ReferenceGaussian(dimension: network.dimension), count: 700, seed: 2),
      objective: Objective(target: DataTarget(), levels: UniformTime(), noise: .fixedPairs),
      optimization: Optimization(
        rule: FullBatchDescent(), learningRate: 0.05, constraint: WeightBall(radius: 0.5)),
      batch: 1, seed: 1, threads: threads)
  }

  @Test("The number of threads changes no bit, with a ball of weights that is reached")
  func threads() {
    let network = NeuralTangentNetwork(
      InputEncoding(dimension: 2, timeFeatures: Self.time, radius: 2), width: 300)
    var runs = [1, 2, 3, 8].map { trainer(network, threads: $0) }
    for index in runs.indices { for _ in 0..<25 { _ = runs[index].step() } }
    #expect(runs.dropFirst().allSatisfy { $0.state == runs[0].state })
    let start = network.initialParameters(seed: 1)
    let squared = zip(runs[0].state.parameters, start).reduce(0.0) {
      $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
    }
    #expect(abs(squared.squareRoot() / 0.5 - 1) < 1e-5)
  }

  // All weights together go about as far, whatever the width.
  @Test("Of more neurons each moves less, by the root of their number")
  func coupling() {
    let moved = [256, 4096].map { width in
      let network = NeuralTangentNetwork(
        InputEncoding(dimension: 2, timeFeatures: Self.time), width: width)
      var run = trainer(network)
      run.optimization.constraint = nil
      let start = run.state.parameters
      for _ in 0..<30 { _ = run.step() }
      let squared = zip(run.state.parameters, start).reduce(0.0) {
        $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
      }
      return (squared / Double(width)).squareRoot()
    }
    // The root of 16, and what the draws of signs and weights do to the first errors.
    #expect(moved[0] / moved[1] > 2.5 && moved[0] / moved[1] < 6.5, "\(moved)")
  }
}
