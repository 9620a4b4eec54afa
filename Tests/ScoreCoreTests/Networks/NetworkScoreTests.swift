import Glibc
import Testing

@testable import ScoreCore

@Suite struct NetworkScoreTests {
  static let shape = NetworkShape(dimension: 2, hidden: [19, 24], timePairs: 5)
  static let parameters = shape.testParameters(seed: 12)
  static let process = OrnsteinUhlenbeck(horizon: 4, stop: 0.003)

  @Test("Folding the time features into the first bias leaves the training forward pass unchanged")
  func equalsTrainingForward() throws {
    var stream = RandomStream(seed: 1, purpose: .test)
    let batch = NoisyBatch(
      clean: ReferenceGaussian(dimension: 2).sample(count: 50, using: &stream),
      levels: .uniformLogSNR, process: Self.process, seed: 2, step: 0)
    let layout = ShardLayout(shape: Self.shape)
    var scratch = [Float](repeating: 0, count: layout.count)
    var gradient = [Float](repeating: 0, count: Self.shape.parameterCount)
    var trained: [Double] = []
    let recorded = RecordedBatch(batch)
    Self.parameters.withUnsafeBufferPointer { parameters in
      scratch.withUnsafeMutableBufferPointer { scratch in
        gradient.withUnsafeMutableBufferPointer { gradient in
          guard let p = parameters.baseAddress, let s = scratch.baseAddress,
            let g = gradient.baseAddress
          else { return }
          let pass = ShardPass(
            shape: Self.shape, layout: layout, parameters: p, gradient: g, scratch: s,
            rows: 50, accumulates: false)
          batch.fill(
            rows: 0..<50, shard: 0, input: pass.activation(0), stride: Self.shape.inputs,
            noise: pass.noise, logSNR: pass.logSNR)
          _ = pass.run(batchRows: 2)  // with two rows the output error is scaled by exactly 1
          let output = pass.activation(Self.shape.layers.count)
          trained = (0..<100).map { Double(output[$0]) + Double(pass.noise[$0]) }
        }
      }
    }
    #expect(trained.count == 100)
    let score = NetworkScore(shape: Self.shape, parameters: Self.parameters)
    for row in 0..<50 {
      let level = Self.process.level(atLogSNR: recorded.logSNR[row])
      let predicted = score.predictedNoise(at: Points(rows: [recorded.points[row]]), level: level)
      for axis in 0..<2 {
        // Float32 sums of at most 24 terms of size 1 in another order.
        #expect(abs(predicted[0, axis] - trained[row * 2 + axis]) < 4e-6)
      }
    }
  }

  @Test("The prediction agrees with an independent float64 network")
  func equalsReference() {
    var stream = RandomStream(seed: 3, purpose: .test)
    let x = stream.normals(count: 300, dimension: 2)
    let level = Self.process.level(at: 0.3)
    let score = NetworkScore(shape: Self.shape, parameters: Self.parameters)
    let predicted = score.predictedNoise(at: x, level: level)
    let scored = score.score(at: x, level: level)
    let reference = ReferenceNetwork(Self.shape)
    let wide = Self.parameters.map { Double($0) }
    for row in 0..<x.count {
      let exact = reference.output(wide, point: x.row(row), logSNR: level.logSNR)
      for axis in 0..<2 {
        #expect(abs(predicted[row, axis] - exact[axis]) < 4e-6)
        #expect(abs(scored[row, axis] * level.sigma + predicted[row, axis]) < 1e-14)
      }
    }
  }

  @Test("Neither the threads nor the other points change a point's score", arguments: [1, 2, 3, 7])
  func sameBits(threads: Int) {
    var stream = RandomStream(seed: 4, purpose: .test)
    let x = stream.normals(count: 1000, dimension: 2)
    let level = Self.process.level(at: 0.3)
    let one = NetworkScore(shape: Self.shape, parameters: Self.parameters, threads: 1)
    let many = NetworkScore(shape: Self.shape, parameters: Self.parameters, threads: threads)
    #expect(many.score(at: x, level: level) == one.score(at: x, level: level))
    #expect(many.score(at: Points(zeros: 0, dimension: 2), level: level).count == 0)
  }
}
