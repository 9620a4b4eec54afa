import Glibc
import Testing

@testable import ScoreCore

/// The tangent kernel at a noise level, its effective rank and the noise of gradients, against closed
/// forms of linear networks and against central differences.
@Suite struct TangentGramTests {
  static let level = OrnsteinUhlenbeck(horizon: 4, stop: 0.003).level(at: 0.3)

  private func score(_ network: Perceptron) -> NetworkScore {
    NetworkScore(
      architecture: network, parameters: network.testParameters(seed: 12),
      process: OrnsteinUhlenbeck(horizon: 4, stop: 0.003))
  }

  private func points(_ count: Int, seed: UInt64, dimension: Int = 2) -> Points {
    var stream = RandomStream(seed: seed, purpose: .test)
    return stream.normals(count: count, dimension: dimension)
  }

  // F = W^T u + b: the gradient of an output is u and 1 in its own column, so outputs of different
  // axes are orthogonal and those of one axis have <u, u'> + 1.
  @Test("A linear network has the kernel of its inputs")
  func linear() {
    let network = Perceptron(dimension: 2, hidden: [], timeFeatures: TimeFeatures(.plain, pairs: 0))
    let x = points(5, seed: 3)
    let gram = score(network).tangentGram(at: x, level: Self.level)
    let probe = score(network).predictionGradient(at: x.row(0), level: Self.level, weights: [1, 0])
    #expect(gram.count == 100 && probe.count == network.parameterCount)
    let gradients = (0..<5).map {
      score(network).predictionGradient(at: x.row($0), level: Self.level, weights: [1, 0])
    }
    for i in 0..<5 {
      for j in 0..<5 {
        // What the inputs share, the level's features among them, cancels in these differences.
        let gap = (gram[2 * i * 10 + 2 * i] - gram[2 * i * 10 + 2 * j])
        let exact = zip(x.row(i), zip(x.row(i), x.row(j))).reduce(0.0) {
          $0 + $1.0 * ($1.1.0 - $1.1.1)
        }
        #expect(abs(gap - exact) < 1e-5, "\(i), \(j)")
        #expect(abs(gram[2 * i * 10 + 2 * j + 1]) < 1e-6)
        let product = zip(gradients[i], gradients[j]).reduce(0.0) {
          $0 + Double($1.0) * Double($1.1)
        }
        #expect(abs(gram[2 * i * 10 + 2 * j] - product) < 1e-5)
      }
    }
  }

  @Test("The kernel agrees with central differences of a float64 network")
  func differences() {
    let network = Perceptron(
      dimension: 2, hidden: [9, 6], activation: .silu, timeFeatures: TimeFeatures(.logSNR, pairs: 2)
    )
    let x = points(3, seed: 7)
    let gram = score(network).tangentGram(at: x, level: Self.level)
    let reference = ReferenceNetwork(network)
    let wide = network.testParameters(seed: 12).map { Double($0) }
    let h = 1e-5
    let gradients = (0..<6).map { index in
      wide.indices.map { i in
        var (above, below) = (wide, wide)
        above[i] += h
        below[i] -= h
        let outputs = [above, below].map {
          reference.output($0, point: x.row(index / 2), clock: Self.level.logSNR)[index % 2]
        }
        return (outputs[0] - outputs[1]) / (2 * h)
      }
    }
    let largest = gram.max() ?? 0
    for i in 0..<6 {
      for j in 0..<6 {
        let exact = zip(gradients[i], gradients[j]).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(gram[i * 6 + j] - exact) < 1e-4 * largest)
      }
    }
  }

  @Test("Effective ranks of known spectra")
  func ranks() {
    #expect(abs(EffectiveRank.value(ofEigenvalues: [2, 2, 2, 2]) - 4) < 1e-12)
    #expect(abs(EffectiveRank.value(ofEigenvalues: [0, -1e-18, 7]) - 1) < 1e-12)
    let mixed = exp(-(0.75 * log(0.75) + 0.25 * log(0.25)))
    #expect(abs(EffectiveRank.value(ofEigenvalues: [1, 3]) - mixed) < 1e-12)
    #expect(EffectiveRank.value(ofEigenvalues: [0, 0]).isNaN)
    #expect(abs(EffectiveRank.value(ofGram: [2, 1, 1, 2], size: 2) - mixed) < 1e-12)
    // Rows +-a e_1 and +-b e_2 with a^2 = 3, b^2 = 1, in five columns and in two, moved by a constant.
    let a = 3.0.squareRoot()
    for width in [5, 2] {
      let rows = [[a, 0], [-a, 0], [0, 1], [0, -1]].flatMap { row in
        (0..<width).map { ($0 < 2 ? row[$0] : 0) + 10 }
      }
      let found = EffectiveRank.ofRows(rows, width: width)
      #expect(abs(found.rank - mixed) < 1e-9 && abs(found.firstShare - 0.75) < 1e-9)
    }
  }

  @Test("The noise of gradients is that of the draws, without bias")
  func noise() {
    let network = Perceptron(
      dimension: 2, hidden: [9], activation: .tanh, timeFeatures: TimeFeatures(.logSNR, pairs: 1))
    let score = score(network)
    let (x, y) = (points(40, seed: 4), points(40, seed: 5))
    let found = score.gradientNoise(at: x, targets: y, level: Self.level)
    let output = score.prediction(at: x, level: Self.level)
    let gradients = (0..<40).map { row in
      score.predictionGradient(
        at: x.row(row), level: Self.level,
        weights: (0..<2).map { 2 * (output[row, $0] - y[row, $0]) }
      ).map { Double($0) }
    }
    let size = network.parameterCount
    var (mean, spread) = ([Double](repeating: 0, count: size), 0.0)
    for gradient in gradients {
      for i in 0..<size { mean[i] += gradient[i] / 40 }
    }
    for gradient in gradients {
      for i in 0..<size { spread += (gradient[i] - mean[i]) * (gradient[i] - mean[i]) / 39 }
    }
    var signal = -spread / 40
    for value in mean { signal += value * value }
    #expect(abs(found.noise / spread - 1) < 1e-5)
    #expect(abs(found.signal - signal) < 1e-5 * spread)
  }

  @Test("Classes that are apart are told apart, and those that are not are guessed")
  func separability() {
    var stream = RandomStream(seed: 8, purpose: .test)
    let labels = (0..<4000).map { _ in Int(stream.uniform() * 4) }
    let noise = stream.normals(count: 4000, dimension: 3)
    func rows(_ distance: Double) -> [Double] {
      (0..<4000).flatMap { row in
        (0..<3).map { noise[row, $0] + ($0 == 0 ? distance * Double(labels[row]) : 0) }
      }
    }
    #expect(abs(ClassSeparability.share(rows(0), width: 3, labels: labels) - 0.25) < 0.05)
    #expect(ClassSeparability.share(rows(20), width: 3, labels: labels) == 1)
    // Two normals a distance 2 apart are told right with probability Phi(1) at the outer classes and
    // 2 Phi(1) - 1 at the inner ones.
    let phi = 0.841344746
    let exact = (2 * phi + 2 * (2 * phi - 1)) / 4
    #expect(abs(ClassSeparability.share(rows(2), width: 3, labels: labels) - exact) < 0.04)
  }
}
