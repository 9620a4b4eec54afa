import Glibc

@testable import ScoreCore

/// The network in float64 with loops of its own: it shares only the layout and the frequencies.
struct ReferenceNetwork {
  let dimension: Int
  let hidden: [Int]
  let frequencies: [Double]

  init(_ shape: NetworkShape) {
    dimension = shape.dimension
    hidden = shape.hidden
    frequencies = shape.frequencies.map { Double($0) }
  }

  /// The predicted noise at one noisy point.
  func output(_ parameters: [Double], point: [Double], logSNR: Double) -> [Double] {
    var activation = point
    for omega in frequencies { activation.append(sin(omega * logSNR)) }
    for omega in frequencies { activation.append(cos(omega * logSNR)) }
    var offset = 0
    for (index, width) in (hidden + [dimension]).enumerated() {
      // Weights [inputs, outputs], then biases, layer after layer.
      let bias = offset + activation.count * width
      var next = [Double](repeating: 0, count: width)
      for j in 0..<width {
        var sum = parameters[bias + j]
        for i in 0..<activation.count { sum += activation[i] * parameters[offset + i * width + j] }
        next[j] = index < hidden.count ? sum / (1 + exp(-sum)) : sum
      }
      activation = next
      offset = bias + width
    }
    return activation
  }

  /// The mean over rows of the squared error, summed over coordinates.
  func loss(_ parameters: [Double], on batch: RecordedBatch) -> Double {
    var sum = 0.0
    for row in 0..<batch.count {
      let output = output(parameters, point: batch.points[row], logSNR: batch.logSNR[row])
      for (value, noise) in zip(output, batch.noise[row]) {
        sum += (value - noise) * (value - noise)
      }
    }
    return sum / Double(batch.count)
  }

  /// The gradient of the loss by central differences.
  ///
  /// The step is near the cube root of the machine epsilon, where rounding and truncation meet;
  /// the error is about 1e-10.
  func gradient(_ parameters: [Double], on batch: RecordedBatch) -> [Double] {
    let h = 1e-5
    return parameters.indices.map { i in
      var above = parameters
      var below = parameters
      above[i] += h
      below[i] -= h
      return (loss(above, on: batch) - loss(below, on: batch)) / (above[i] - below[i])
    }
  }
}

/// What the network sees of a batch, row by row, as the float32 values widened to float64.
struct RecordedBatch {
  var points: [[Double]] = []
  var noise: [[Double]] = []
  var logSNR: [Double] = []
  var count: Int { points.count }

  init(_ batch: NoisyBatch) {
    let dimension = batch.clean.dimension
    let shardRows = GradientWorkspace.shardRows
    var input = [Float](repeating: 0, count: shardRows * dimension)
    var drawn = input
    var ratios = [Float](repeating: 0, count: shardRows)
    for (shard, start) in stride(from: 0, to: batch.count, by: shardRows).enumerated() {
      let rows = start..<min(start + shardRows, batch.count)
      batch.fill(
        rows: rows, shard: shard, input: &input, stride: dimension, noise: &drawn,
        logSNR: &ratios)
      for local in 0..<rows.count {
        let range = local * dimension..<(local + 1) * dimension
        points.append(input[range].map { Double($0) })
        noise.append(drawn[range].map { Double($0) })
        logSNR.append(Double(ratios[local]))
      }
    }
  }
}

extension NetworkShape {
  /// Parameters in which no tensor is zero, so that every gradient path is used.
  func testParameters(seed: UInt64, scale: Double = 1) -> [Float] {
    var stream = RandomStream(seed: seed, purpose: .test)
    return layers.flatMap { layer in
      (0..<layer.weightCount + layer.outputs).map { _ in
        Float(scale * stream.normal() / Double(layer.inputs).squareRoot())
      }
    }
  }
}
