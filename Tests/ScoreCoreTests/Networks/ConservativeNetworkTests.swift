import TestSupport
import Testing

@testable import ScoreCore

/// The network that is the gradient of a scalar one.
@Suite struct ConservativeNetworkTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var network: ConservativeNetwork
    var target: any TrainingTarget = NoiseTarget()
    var batch = 60
    var testDescription: String {
      "d \(network.dimension), width \(network.width), \(network.activation)"
    }
  }

  static let process = OrnsteinUhlenbeck(horizon: 3, stop: 0.05)
  static let level = process.level(at: 0.7)

  static let cases =
    Activation.allCases.map {
      Case(
        network: ConservativeNetwork(
          InputEncoding(
            dimension: 2, positionPairs: 2, timeFeatures: TimeFeatures(.logSNR, pairs: 2)),
          width: 13, activation: $0))
    } + [
      Case(
        network: ConservativeNetwork(
          InputEncoding(dimension: 1, timeFeatures: TimeFeatures(.plain, pairs: 0)), width: 1)),
      Case(
        network: ConservativeNetwork(
          InputEncoding(dimension: 5, timeFeatures: TimeFeatures(.logSNR, pairs: 1)), width: 37),
        target: VelocityTarget(), batch: 8 * 64 + 17),
    ]

  /// Parameters away from their start, where the outer weights are 0.
  private func parameters(_ network: ConservativeNetwork) -> [Float] {
    var stream = RandomStream(seed: 8, purpose: .test)
    return network.initialParameters(seed: 3).map { $0 + 0.3 * Float(stream.normal()) }
  }

  private func reference(_ network: ConservativeNetwork) -> ReferenceConservativeNetwork {
    ReferenceConservativeNetwork(
      architecture: network, parameters: parameters(network).map { Double($0) })
  }

  private func score(_ test: Case) -> NetworkScore {
    NetworkScore(
      architecture: test.network, parameters: parameters(test.network), target: test.target,
      process: Self.process)
  }

  private func points(_ count: Int, _ test: Case, seed: UInt64) -> Points {
    var stream = RandomStream(seed: seed, purpose: .test)
    return stream.normals(count: count, dimension: test.network.dimension)
  }

  private func clock(_ test: Case) -> Double {
    test.network.encoding.timeFeatures.clock(at: Self.level, process: Self.process)
  }

  @Test("The prediction is the gradient of the scalar network, by differences of it")
  func gradientOfScalar() {
    for test in Self.cases where [.relu, .tanh].contains(test.network.activation) {
      let (reference, x, h) = (reference(test.network), points(50, test, seed: 3), 1e-5)
      for row in 0..<x.count {
        let output = reference.output(x.row(row), clock: clock(test))
        for axis in output.indices {
          var (above, below) = (x.row(row), x.row(row))
          above[axis] += h
          below[axis] -= h
          let slope =
            (reference.potential(above, clock: clock(test))
              - reference.potential(below, clock: clock(test))) / (2 * h)
          // Rounding of a potential of size 10 over the step, and its third derivative times h^2.
          #expect(abs(output[axis] - slope) < 1e-7)
        }
      }
    }
  }

  @Test("The prediction, with the level folded in, agrees with float64", arguments: cases)
  func prediction(test: Case) {
    let x = points(300, test, seed: 3)
    let found = score(test).prediction(at: x, level: Self.level)
    let reference = reference(test.network)
    for row in 0..<x.count {
      let exact = reference.output(x.row(row), clock: clock(test))
      // Float32 sums of at most 37 terms, times frequencies up to 3.
      for axis in exact.indices { #expect(abs(found[row, axis] - exact[axis]) < 2e-5) }
    }
  }

  @Test(
    "Every parameter's gradient agrees with differences of the loss in float64", arguments: cases)
  func gradient(test: Case) {
    let network = test.network
    var stream = RandomStream(seed: 4, purpose: .test)
    let plan = TestPlan.make(
      of: ReferenceGaussian(dimension: network.dimension, variance: 0.5)
        .sample(count: test.batch, using: &stream),
      objective: Objective(target: test.target, levels: UniformTime()), process: Self.process,
      features: network.encoding.timeFeatures, seed: 5, step: 6)
    var workspace = GradientWorkspace()
    workspace.prepare(network, rows: plan.count, threads: 2)
    let parameters = parameters(network)
    let loss = workspace.lossAndGradient(
      of: plan, architecture: network, parameters: parameters, threads: 2)
    let batch = RecordedBatch(plan)
    let wide = parameters.map { Double($0) }
    func exact(_ change: (inout [Double]) -> Void = { _ in }) -> Double {
      var moved = wide
      change(&moved)
      return ReferenceConservativeNetwork(architecture: network, parameters: moved).loss(on: batch)
    }
    #expect(abs(loss / exact() - 1) < 5e-6)
    // A kink of a ReLU within the step of a row moves a difference by up to the step.
    let h = 1e-6
    for segment in network.segments {
      let slopes = segment.range.map { i in
        (exact { $0[i] += h } - exact { $0[i] -= h }) / (2 * h)
      }
      let found = segment.range.map { i in
        (0..<workspace.lanes).reduce(0.0) {
          $0 + Double(workspace.gradients[$1 * network.parameterCount + i])
        }
      }
      let scale = slopes.reduce(0) { max($0, abs($1)) }
      let worst = zip(found, slopes).reduce(0) { max($0, abs($1.0 - $1.1)) }
      // Some float32 roundings against the largest entry, and those of the differences.
      #expect(scale > 1e-4 && worst <= 5e-6 * scale + 1e-8, "\(segment.name): \(worst / scale)")
    }
  }

  @Test("The change along a direction agrees with differences", arguments: cases)
  func direction(test: Case) {
    let (x, v) = (points(100, test, seed: 9), points(100, test, seed: 10))
    let found = score(test).predictionDerivative(at: x, along: v, level: Self.level)
    let (reference, h) = (reference(test.network), 1e-6)
    for row in 0..<x.count {
      func output(_ step: Double) -> [Double] {
        reference.output(
          zip(x.row(row), v.row(row)).map { $0 + step * $1 }, clock: clock(test))
      }
      for (axis, pair) in zip(output(h), output(-h)).enumerated() {
        // Waves make second derivatives of size 30, and float32 keeps seven digits of their terms.
        #expect(abs(found[row, axis] - (pair.0 - pair.1) / (2 * h)) < 1e-4)
      }
    }
  }

  @Test("The Jacobian of the score is symmetric, and that of a perceptron is not", arguments: cases)
  func curl(test: Case) {
    func asymmetry(_ score: NetworkScore) -> Double {
      let d = test.network.dimension
      let x = points(40, test, seed: 11)
      let columns = (0..<d).map { axis in
        var unit = Points(zeros: x.count, dimension: d)
        for row in 0..<x.count { unit[row, axis] = 1 }
        return score.scoreDerivative(at: x, along: unit, level: Self.level)
      }
      var largest = 0.0
      for row in 0..<x.count {
        for i in 0..<d {
          for j in 0..<i { largest = max(largest, abs(columns[j][row, i] - columns[i][row, j])) }
        }
      }
      return largest
    }
    guard test.network.dimension > 1 else { return }
    #expect(asymmetry(score(test)) < 1e-4)
    let free = Perceptron(
      test.network.encoding, hidden: [test.network.width], activation: test.network.activation)
    let parameters = free.testParameters(seed: 12)
    #expect(
      asymmetry(
        NetworkScore(
          architecture: free, parameters: parameters, target: test.target, process: Self.process))
        > 0.01)
  }

  @Test(
    "It starts at the loss of the zero prediction, and training lowers it, with the same bits on any threads"
  )
  func training() {
    let network = ConservativeNetwork(
      InputEncoding(dimension: 2, timeFeatures: TimeFeatures(.logSNR, pairs: 4)), width: 64)
    var runs = [1, 2, 3].map { threads in
      Trainer(
        architecture: network, process: Self.process,
        trainingSet: .make(from: ReferenceGaussian(dimension: 2), count: 700, seed: 2),
        objective: Objective(levels: UniformTime()),
        optimization: Optimization(learningRate: 0.01), batch: 256, seed: 1, threads: threads)
    }
    var losses: [Double] = []
    for index in runs.indices {
      for _ in 0..<200 {
        let step = runs[index].step()
        if index == 0 { losses.append(step.loss) }
      }
    }
    #expect(runs.dropFirst().allSatisfy { $0.state == runs[0].state })
    // The noise has mean square 2; the Bayes floor of N(0, I) is below 1 here.
    #expect(abs(losses[0] - 2) < 0.4)
    #expect(losses.suffix(50).reduce(0, +) / 50 < 1.3)
  }
}
