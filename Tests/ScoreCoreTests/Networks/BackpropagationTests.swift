import Testing

@testable import ScoreCore

/// The gradient of a training step against central differences of an independent float64 network.
@Suite struct BackpropagationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var dimension: Int
    var hidden: [Int]
    var timePairs: Int
    var batch: Int
    var testDescription: String { "d \(dimension), \(hidden), \(timePairs) pairs, \(batch) rows" }
  }

  static let cases = [
    Case(dimension: 1, hidden: [1], timePairs: 1, batch: 1),
    Case(dimension: 1, hidden: [7], timePairs: 3, batch: 65),
    Case(dimension: 2, hidden: [13, 9], timePairs: 3, batch: 100),
    Case(dimension: 2, hidden: [16, 8, 16], timePairs: 4, batch: 64),
    Case(dimension: 3, hidden: [5, 11, 3], timePairs: 2, batch: 130),
    // More than eight shards, so that lanes add up several, and a last shard that is not full.
    Case(dimension: 2, hidden: [9, 5], timePairs: 2, batch: 8 * 64 + 3 * 64 + 17),
  ]

  @Test("Every tensor's gradient agrees with central differences", arguments: cases)
  func gradient(test: Case) {
    let shape = NetworkShape(
      dimension: test.dimension, hidden: test.hidden, timePairs: test.timePairs)
    let parameters = shape.testParameters(seed: 3)
    let law = ReferenceGaussian(dimension: test.dimension, variance: 0.5)
    var stream = RandomStream(seed: 4, purpose: .test)
    let batch = NoisyBatch(
      clean: law.sample(count: test.batch, using: &stream), levels: .uniformLogSNR,
      process: OrnsteinUhlenbeck(horizon: 5, stop: 0.01), seed: 5, step: 6)

    var workspace = GradientWorkspace()
    workspace.prepare(shape: shape, rows: batch.count)
    let loss = workspace.lossAndGradient(
      of: batch, shape: shape, parameters: parameters, threads: 2)
    let gradient = (0..<shape.parameterCount).map { i in
      (0..<workspace.lanes).reduce(0.0) {
        $0 + Double(workspace.gradients[$1 * shape.parameterCount + i])
      }
    }

    let reference = ReferenceNetwork(shape)
    let recorded = RecordedBatch(batch)
    let wide = parameters.map { Double($0) }
    let exactLoss = reference.loss(wide, on: recorded)
    let exact = reference.gradient(wide, on: recorded)
    // Float32 rounds by 2^-24 = 6e-8 an operation. An entry passes through up to eight products
    // whose roundings mostly cancel, and the wave features are off by up to 5e-7: 2e-6 leaves room
    // (2e-7 is seen). Entries are sums over rows that partly cancel, so an error is measured
    // against the tensor's largest entry.
    #expect(abs(loss - exactLoss) <= 2e-6 * exactLoss)
    for (index, layer) in shape.layers.enumerated() {
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
}
