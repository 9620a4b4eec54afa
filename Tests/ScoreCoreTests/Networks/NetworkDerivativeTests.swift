import Glibc
import Testing

@testable import ScoreCore

/// Derivatives of a network by its input and by its parameters, against central differences of an
/// independent float64 network and against each other.
@Suite struct NetworkDerivativeTests {
  static let process = OrnsteinUhlenbeck(horizon: 4, stop: 0.003)
  static let level = process.level(at: 0.3)

  /// Smooth networks of every kind; ReLU has kinks that differences would straddle.
  static let networks =
    [Activation.silu, .tanh, .gelu].map {
      Perceptron(
        dimension: 2, hidden: [9, 9, 6], activation: $0,
        timeFeatures: TimeFeatures(.logSNR, pairs: 2), positionPairs: 2, isResidual: true)
    } + [
      Perceptron(dimension: 3, hidden: [7, 5], timePairs: 3),
      Perceptron(dimension: 1, hidden: [8], timePairs: 1),
      Perceptron(dimension: 2, hidden: [], timeFeatures: TimeFeatures(.logSNR, pairs: 1)),
    ]

  private func score(_ network: Perceptron, target: any TrainingTarget = NoiseTarget())
    -> NetworkScore
  {
    NetworkScore(
      architecture: network, parameters: network.testParameters(seed: 12), target: target,
      process: Self.process)
  }

  private func points(_ count: Int, _ network: Perceptron, seed: UInt64) -> Points {
    var stream = RandomStream(seed: seed, purpose: .test)
    return stream.normals(count: count, dimension: network.dimension)
  }

  @Test("The change along a direction agrees with differences", arguments: networks.indices)
  func direction(index: Int) {
    let network = Self.networks[index]
    let (x, v) = (points(300, network, seed: 3), points(300, network, seed: 4))
    let found = score(network).predictionDerivative(at: x, along: v, level: Self.level)
    let reference = ReferenceNetwork(network)
    let wide = network.testParameters(seed: 12).map { Double($0) }
    let h = 1e-5
    for row in 0..<x.count {
      func output(_ step: Double) -> [Double] {
        reference.output(
          wide, point: zip(x.row(row), v.row(row)).map { $0 + step * $1 },
          clock: Self.level.logSNR)
      }
      for (axis, pair) in zip(output(h), output(-h)).enumerated() {
        // Float32 sums of a few dozen terms; waves of the coordinates make slopes up to about 20.
        #expect(abs(found[row, axis] - (pair.0 - pair.1) / (2 * h)) < 2e-5)
      }
    }
  }

  @Test(
    "The score's change is what the target makes of the prediction's",
    arguments: [level, NoiseLevel(alpha: 1, sigma: 2)])
  func scoreDirection(level: NoiseLevel) throws {
    let network = Self.networks[0]
    let (x, v) = (points(20, network, seed: 5), points(20, network, seed: 6))
    for entry in TrainingTargetCatalog.all {
      let score = score(network, target: try entry.make())
      let change = score.scoreDerivative(at: x, along: v, level: level)
      // Twice the direction is twice the change, and differences of the score agree as far as
      // float32 lets them.
      let h = 1e-2
      func moved(_ step: Double) -> Points {
        var moved = x
        moved.blend(1, adding: (step, v))
        return score.score(at: moved, level: level)
      }
      let (above, below) = (moved(h), moved(-h))
      let (above2, below2) = (moved(2 * h), moved(-2 * h))
      let largest = change.values.reduce(0) { max($0, abs($1)) }
      for i in change.values.indices {
        let difference =
          (8 * (above.values[i] - below.values[i]) - (above2.values[i] - below2.values[i]))
          / (12 * h)
        #expect(abs(change.values[i] - difference) < 5e-4 * largest, "\(entry.name)")
      }
    }
  }

  @Test("The gradient by the parameters agrees with differences", arguments: networks.indices)
  func gradient(index: Int) {
    let network = Self.networks[index]
    let x = points(1, network, seed: 7).row(0)
    let weights = (0..<network.dimension).map { 1 - 0.6 * Double($0) }
    let found = score(network).predictionGradient(at: x, level: Self.level, weights: weights)
    let reference = ReferenceNetwork(network)
    let wide = network.testParameters(seed: 12).map { Double($0) }
    let h = 1e-5
    func value(_ parameters: [Double]) -> Double {
      zip(weights, reference.output(parameters, point: x, clock: Self.level.logSNR))
        .reduce(0) { $0 + $1.0 * $1.1 }
    }
    for i in wide.indices {
      var (above, below) = (wide, wide)
      above[i] += h
      below[i] -= h
      #expect(abs(Double(found[i]) - (value(above) - value(below)) / (2 * h)) < 3e-6)
    }
  }

  // With the input weights W, a direction v and the gradient g of c F by the first biases,
  // c J v = sum over i, j of v_i W_ij g_j: what enters a unit acts through its bias.
  @Test("Both derivatives agree through the first layer", arguments: [3, 4, 5])
  func agreement(index: Int) {
    let network = Self.networks[index]
    let score = score(network)
    let (x, v) = (points(30, network, seed: 8), points(30, network, seed: 9))
    let change = score.predictionDerivative(at: x, along: v, level: Self.level)
    let (first, bias) = (network.layers[0], network.segments[1].range)
    for row in 0..<x.count {
      let weights = (0..<network.dimension).map { 0.5 + Double($0) }
      let gradient = score.predictionGradient(
        at: x.row(row), level: Self.level, weights: weights)
      var expected = 0.0
      for (i, v) in v.row(row).enumerated() {
        for (j, g) in gradient[bias].enumerated() {
          let weight = score.parameters[first.weightOffset + i * first.outputs + j]
          expected += v * Double(weight) * Double(g)
        }
      }
      let found = zip(weights, change.row(row)).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(found - expected) < 5e-6)
    }
  }

  @Test("A random-feature model has a gradient by its last layer alone")
  func frozen() {
    let network = Perceptron(
      dimension: 2, hidden: [30], activation: .relu, timeFeatures: TimeFeatures(.plain, pairs: 0),
      hasFrozenFeatures: true)
    let gradient = score(network).predictionGradient(
      at: [0.3, -1], level: Self.level, weights: [1, 0])
    #expect(gradient[..<network.trainedOffset].allSatisfy { $0 == 0 })
    // The bias of the first output, and none of the second.
    #expect(gradient[network.parameterCount - 2] == 1)
    #expect(gradient[network.parameterCount - 1] == 0)
    #expect(gradient[network.trainedOffset...].contains { $0 != 0 && $0 != 1 })
  }

  @Test("A bank's gradient is that of the network of the nearest level")
  func bank() {
    let network = Self.networks[3]
    let parameters = [12, 13].map { network.testParameters(seed: $0) }
    let bank = NetworkScore(
      architecture: network, parameters: parameters[0] + parameters[1], process: Self.process,
      bank: [-3, 2])
    for (logSNR, index) in [(-4.0, 0), (1, 1)] {
      let level = Self.process.level(atLogSNR: logSNR)
      let single = NetworkScore(
        architecture: network, parameters: parameters[index], process: Self.process)
      let gradients = [bank, single].map {
        $0.predictionGradient(at: [0.1, 0.2, -0.4], level: level, weights: [1, 1, 1])
      }
      #expect(gradients[0] == gradients[1])
    }
  }
}
