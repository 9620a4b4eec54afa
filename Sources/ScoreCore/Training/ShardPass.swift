/// Where the pieces of one shard's scratch memory lie.
struct ShardLayout: Sendable {
  let network: PassLayout
  let target: Int
  let weight: Int
  let clock: Int
  let count: Int

  init(_ architecture: any Architecture, rows: Int) {
    var layout = architecture.layout(rows: rows, keepsDerivatives: true)
    target = layout.take(architecture.dimension)
    weight = layout.take(1)
    clock = layout.take(1)
    count = layout.count
    network = layout
  }

  /// The most rows of a shard.
  var rows: Int { network.rows }
}

/// The forward and backward pass of one shard, with the loss between them.
struct ShardPass {
  let architecture: any Architecture
  let encoding: InputEncoding
  let layout: ShardLayout
  let parameters: UnsafePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  let scratch: UnsafeMutablePointer<Float>
  let rows: Int
  /// Whether the gradient adds to what the lane already holds.
  let accumulates: Bool

  private var pass: NetworkPass {
    NetworkPass(
      layout: layout.network, rows: rows, inputs: encoding.count, shared: nil,
      parameters: parameters, scratch: scratch)
  }

  /// Where the batch's rows go.
  var destination: BatchPlan.Destination {
    BatchPlan.Destination(
      input: scratch + layout.network.input, stride: encoding.count,
      target: scratch + layout.target, weight: scratch + layout.weight,
      clock: scratch + layout.clock,
      condition: scratch + layout.network.input + encoding.conditionOffset,
      conditionStride: encoding.count)
  }

  /// Runs both passes over rows that are filled in.
  ///
  /// - Parameters:
  ///   - batchRows: The rows of the whole batch, over which the loss is a mean.
  ///   - huberLength: The length of a row's error from which the loss is linear.
  /// - Returns: The sum of weighted losses of the shard.
  func run(batchRows: Int, huberLength: Double) -> Double {
    let pass = pass
    encoding.completePoints(rows, in: pass.input, stride: encoding.count)
    encoding.writeLevels(scratch + layout.clock, rows: rows, in: pass.input)
    architecture.forward(pass)
    let loss = outputError(
      pass.output, scale: 2 / Float(batchRows), huberLength: huberLength)
    architecture.backward(pass, gradient: gradient, accumulates: accumulates)
    return loss
  }

  /// Turns the output into the gradient of the loss by the output; returns the weighted loss.
  private func outputError(
    _ output: UnsafeMutablePointer<Float>, scale: Float, huberLength: Double
  ) -> Double {
    let dimension = encoding.dimension
    let (target, weight) = (scratch + layout.target, scratch + layout.weight)
    var sum = 0.0
    for row in 0..<rows {
      let before = sum
      var squared = 0.0
      for axis in 0..<dimension {
        let i = row * dimension + axis
        let error = output[i] - target[i]
        squared += Double(error) * Double(error)
        sum += Double(weight[row]) * Double(error) * Double(error)
        output[i] = scale * weight[row] * error
      }
      // Never for the squared loss, nor for NaN, which stays in the sum.
      guard squared > huberLength * huberLength else { continue }
      let length = squared.squareRoot()
      sum = before + Double(weight[row]) * huberLength * (2 * length - huberLength)
      for axis in 0..<dimension {
        output[row * dimension + axis] *= Float(huberLength / length)
      }
    }
    return sum
  }
}
