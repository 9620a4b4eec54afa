import Glibc

@testable import ScoreCore

/// The network in float64 with loops of its own: it shares only the layout and the frequencies.
struct ReferenceNetwork {
  let architecture: Perceptron
  /// The length of a row's error from which the loss is linear.
  let huberLength: Double

  init(_ architecture: Perceptron, huberLength: Double = .infinity) {
    self.architecture = architecture
    self.huberLength = huberLength
  }

  private static func activate(_ u: Double, _ kind: Activation) -> Double {
    switch kind {
    case .silu: return u / (1 + exp(-u))
    case .relu: return max(0, u)
    case .tanh: return tanh(u)
    case .gelu: return u * (1 + tanh((2 / Double.pi).squareRoot() * (u + 0.044715 * u * u * u))) / 2
    }
  }

  private func inputs(point: [Double], clock: Double) -> [Double] {
    var inputs = point
    for x in point {
      for omega in architecture.encoding.positionFrequencies {
        inputs.append(sin(Double(omega) * x))
      }
      for omega in architecture.encoding.positionFrequencies {
        inputs.append(cos(Double(omega) * x))
      }
    }
    guard architecture.encoding.timeFeatures.kind != .plain else { return inputs + [clock] }
    for omega in architecture.encoding.timeFeatures.frequencies {
      inputs.append(sin(Double(omega) * clock))
    }
    for omega in architecture.encoding.timeFeatures.frequencies {
      inputs.append(cos(Double(omega) * clock))
    }
    return inputs
  }

  /// The prediction at one scaled noisy point.
  func output(_ parameters: [Double], point: [Double], clock: Double) -> [Double] {
    var activation = inputs(point: point, clock: clock)
    var offset = 0
    for (index, width) in (architecture.hidden + [architecture.dimension]).enumerated() {
      // Weights [inputs, outputs], then biases, layer after layer.
      let bias = offset + activation.count * width
      var next = [Double](repeating: 0, count: width)
      for j in 0..<width {
        var sum = parameters[bias + j]
        for i in 0..<activation.count { sum += activation[i] * parameters[offset + i * width + j] }
        guard index < architecture.hidden.count else {
          next[j] = sum
          continue
        }
        let skip = architecture.layers[index].isResidual ? activation[j] : 0
        next[j] = Self.activate(sum, architecture.activation) + skip
      }
      activation = next
      offset = bias + width
    }
    return activation
  }

  /// The mean over rows of the weighted squared error, or of Huber's loss of it.
  func loss(_ parameters: [Double], on batch: RecordedBatch) -> Double {
    var sum = 0.0
    for row in 0..<batch.count {
      let output = output(parameters, point: batch.inputs[row], clock: batch.clocks[row])
      var squared = 0.0
      for (value, target) in zip(output, batch.targets[row]) {
        squared += (value - target) * (value - target)
      }
      let isFar = squared > huberLength * huberLength
      let tail = huberLength * (2 * squared.squareRoot() - huberLength)
      sum += batch.weights[row] * (isFar ? tail : squared)
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
  /// The scaled noisy points.
  var inputs: [[Double]] = []
  var targets: [[Double]] = []
  var weights: [Double] = []
  var clocks: [Double] = []
  var count: Int { inputs.count }

  init(_ plan: BatchPlan) {
    let dimension = plan.dimension
    let shardRows = BatchPlan.shardRows
    var input = [Float](repeating: 0, count: shardRows * dimension)
    var target = input
    var (weight, clock) = ([Float](repeating: 0, count: shardRows), input)
    for (shard, start) in stride(from: 0, to: plan.count, by: shardRows).enumerated() {
      let rows = start..<min(start + shardRows, plan.count)
      input.withUnsafeMutableBufferPointer { input in
        target.withUnsafeMutableBufferPointer { target in
          weight.withUnsafeMutableBufferPointer { weight in
            clock.withUnsafeMutableBufferPointer { clock in
              guard let i = input.baseAddress, let t = target.baseAddress,
                let w = weight.baseAddress, let c = clock.baseAddress
              else { return }
              plan.fill(
                rows: rows, shard: shard,
                into: .init(
                  input: i, stride: dimension, target: t, weight: w, clock: c, condition: i,
                  conditionStride: 0))
            }
          }
        }
      }
      for local in 0..<rows.count {
        let range = local * dimension..<(local + 1) * dimension
        inputs.append(input[range].map { Double($0) })
        targets.append(target[range].map { Double($0) })
        weights.append(Double(weight[local]))
        clocks.append(Double(clock[local]))
      }
    }
  }
}

extension RecordedBatch {
  /// The rows of a recorded step.
  init(_ record: BatchRecord) {
    func rows(_ values: [Float]) -> [[Double]] {
      (0..<record.count).map { row in
        values[row * record.dimension..<(row + 1) * record.dimension].map { Double($0) }
      }
    }
    inputs = rows(record.inputs)
    targets = rows(record.targets)
    weights = record.weights.map { Double($0) }
    clocks = record.clocks.map { Double($0) }
  }
}

/// Plans of batches for tests that need no run.
enum TestPlan {
  static func make(
    of points: Points, objective: Objective = Objective(), process: any ForwardProcess,
    features: TimeFeatures = TimeFeatures(.logSNR, pairs: 2), count: Int? = nil,
    seed: UInt64 = 9, step: Int = 0
  ) -> BatchPlan {
    let table = ObjectiveTable(objective, process: process, features: features)
    return BatchPlan(
      table: table, objective: objective, resident: ResidentRows(TrainingRows(points: points)),
      dimension: points.dimension,
      count: count ?? points.count, isInOrder: count == nil, seed: seed, step: step,
      pairLevels: BatchPlan.pairLevels(
        count: points.count, table: table, objective: objective, seed: seed))
  }
}
