import Glibc
import Testing

@testable import ScoreCore

@Suite struct NetworkScoreTests {
  static let architecture = Perceptron(dimension: 2, hidden: [19, 24], timePairs: 5)
  static let parameters = architecture.testParameters(seed: 12)
  static let process = OrnsteinUhlenbeck(horizon: 4, stop: 0.003)

  /// Networks of every kind, among them a bank of two.
  static let architectures = [
    architecture,
    Perceptron(
      dimension: 2, hidden: [12, 12], activation: .tanh,
      timeFeatures: TimeFeatures(.time, pairs: 3),
      positionPairs: 2, isResidual: true),
    Perceptron(dimension: 2, hidden: [], timeFeatures: TimeFeatures(.plain, pairs: 0)),
    Perceptron(dimension: 2, hidden: [14, 14], timeFeatures: TimeFeatures(.absent, pairs: 0)),
  ]

  @Test("Without features of the level a prediction is that of the point alone")
  func levelFree() {
    let architecture = Self.architectures[3]
    var stream = RandomStream(seed: 4, purpose: .test)
    let x = stream.normals(count: 20, dimension: 2)
    let score = NetworkScore(
      architecture: architecture, parameters: architecture.testParameters(seed: 12),
      process: Self.process)
    // This process keeps alpha^2 + sigma^2 = 1, so that points are not scaled.
    let (low, high) = (Self.process.level(at: 0.1), Self.process.level(at: 3))
    let first = score.prediction(at: x, level: low)
    let second = score.prediction(at: x, level: high)
    for place in x.values.indices {
      // The scale is 1 to rounding, and the network's float32 sees that.
      #expect(abs(first.values[place] - second.values[place]) < 4e-6)
      #expect(
        abs(
          score.score(at: x, level: low).values[place] * low.sigma
            - score.score(at: x, level: high).values[place] * high.sigma) < 4e-6)
    }
  }

  @Test("The prediction agrees with an independent float64 network", arguments: architectures)
  func equalsReference(architecture: Perceptron) {
    var stream = RandomStream(seed: 3, purpose: .test)
    let x = stream.normals(count: 300, dimension: 2)
    let level = Self.process.level(at: 0.3)
    let parameters = architecture.testParameters(seed: 12)
    let score = NetworkScore(
      architecture: architecture, parameters: parameters, process: Self.process)
    let predicted = score.prediction(at: x, level: level)
    let reference = ReferenceNetwork(architecture)
    let wide = parameters.map { Double($0) }
    let clock =
      architecture.encoding.timeFeatures.kind == .logSNR ? level.logSNR : 0.3 / Self.process.horizon
    for row in 0..<x.count {
      let exact = reference.output(wide, point: x.row(row), clock: clock)
      for axis in 0..<2 {
        // Float32 sums of at most 24 terms of size 1 in another order.
        #expect(abs(predicted[row, axis] - exact[axis]) < 4e-6)
      }
    }
  }

  @Test("The score is what the target's prediction says about the noise")
  func scoreFromPrediction() throws {
    var stream = RandomStream(seed: 5, purpose: .test)
    let x = stream.normals(count: 40, dimension: 2)
    let level = Self.process.level(at: 0.7)
    for entry in TrainingTargetCatalog.all {
      let target = try entry.make()
      let score = NetworkScore(
        architecture: Self.architecture, parameters: Self.parameters, target: target,
        process: Self.process)
      let y = score.prediction(at: x, level: level)
      let s = score.score(at: x, level: level)
      let c = target.coefficients(at: level)
      for i in x.values.indices {
        // With z = -sigma s and x_0 = (x - sigma z) / alpha, the target is what was predicted.
        let z = -level.sigma * s.values[i]
        let x0 = (x.values[i] - level.sigma * z) / level.alpha
        #expect(abs(c.data * x0 + c.noise * z - y.values[i]) < 1e-12, "\(entry.name)")
      }
    }
  }

  @Test("A bank answers with the network of the nearest level")
  func bank() {
    let other = Self.architecture.testParameters(seed: 13)
    let ratios = [-3.0, 2.0]
    let bank = NetworkScore(
      architecture: Self.architecture, parameters: Self.parameters + other, process: Self.process,
      bank: ratios)
    let singles = [Self.parameters, other].map {
      NetworkScore(architecture: Self.architecture, parameters: $0, process: Self.process)
    }
    let x = Points(rows: [[0.3, -1], [2, 0.1]])
    for (ratio, index) in [(-5.0, 0), (-0.6, 0), (-0.4, 1), (4, 1)] {
      let level = Self.process.level(atLogSNR: ratio)
      #expect(bank.score(at: x, level: level) == singles[index].score(at: x, level: level))
    }
  }

  @Test("Neither the threads nor the other points change a point's score", arguments: [1, 2, 3, 7])
  func sameBits(threads: Int) {
    var stream = RandomStream(seed: 4, purpose: .test)
    let x = stream.normals(count: 1000, dimension: 2)
    let level = Self.process.level(at: 0.3)
    let one = NetworkScore(
      architecture: Self.architecture, parameters: Self.parameters, process: Self.process,
      threads: 1)
    let many = NetworkScore(
      architecture: Self.architecture, parameters: Self.parameters, process: Self.process,
      threads: threads)
    #expect(many.score(at: x, level: level) == one.score(at: x, level: level))
    #expect(many.score(at: Points(zeros: 0, dimension: 2), level: level).count == 0)
  }
}
