/// Where the pieces of the scratch memory of training passes lie.
struct TrainingLayout: Sendable {
  let network: PassLayout
  let target: PassLayout.Piece
  let weight: PassLayout.Piece
  let clock: PassLayout.Piece

  init(_ architecture: any Architecture, rows: Int, passes: Int = 1) {
    var layout = architecture.layout(rows: rows, passes: passes, keepsDerivatives: true)
    target = layout.take(architecture.dimension)
    weight = layout.take(1)
    clock = layout.take(1)
    network = layout
  }

  /// The size of the memory.
  var count: Int { network.count }
}

/// The forward and backward pass of some rows, with the loss between them.
struct TrainingPass {
  let architecture: any Architecture
  let encoding: InputEncoding
  let layout: TrainingLayout
  let network: NetworkPass

  init(
    architecture: any Architecture, encoding: InputEncoding, layout: TrainingLayout,
    parameters: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>, firstRow: Int = 0,
    number: Int = 0, rows: Int
  ) {
    self.architecture = architecture
    self.encoding = encoding
    self.layout = layout
    network = NetworkPass(
      layout: layout.network, firstRow: firstRow, number: number, rows: rows,
      inputs: encoding.count, shared: nil, parameters: parameters, scratch: scratch)
  }

  /// Where the batch's rows go, from one of this pass's on.
  func destination(from row: Int = 0) -> BatchPlan.Destination {
    let input = network.input + row * encoding.count
    return BatchPlan.Destination(
      input: input, stride: encoding.count,
      target: network.start(of: layout.target) + row * encoding.dimension,
      weight: network.start(of: layout.weight) + row,
      clock: network.start(of: layout.clock) + row,
      condition: input + encoding.conditionOffset, conditionStride: encoding.count)
  }

  /// Runs both passes over rows that are filled in.
  ///
  /// - Parameters:
  ///   - batchRows: The rows of the whole batch, over which the loss is a mean.
  ///   - huberLength: The length of a row's error from which the loss is linear.
  ///   - shardRows: The rows of a shard, whose losses are summed together.
  ///   - losses: Where the sum of weighted losses of each shard goes.
  func run(
    batchRows: Int, huberLength: Double, shardRows: Int, losses: UnsafeMutablePointer<Double>
  ) {
    let rows = network.rows
    encoding.completePoints(rows, in: network.input, stride: encoding.count)
    encoding.writeLevels(network.start(of: layout.clock), rows: rows, in: network.input)
    architecture.forward(network)
    for (shard, first) in stride(from: 0, to: rows, by: shardRows).enumerated() {
      losses[shard] = outputError(
        first..<min(rows, first + shardRows), scale: 2 / Float(batchRows),
        huberLength: huberLength)
    }
    architecture.backward(network)
  }

  /// The same for rows whose losses are summed all together, and then their gradient.
  ///
  /// - Parameters:
  ///   - batchRows: The rows of the whole batch, over which the loss is a mean.
  ///   - huberLength: The length of a row's error from which the loss is linear.
  ///   - gradient: Where the gradient goes, `[parameterCount]`.
  ///   - accumulates: Whether it is added to what stands there.
  /// - Returns: The sum of weighted losses.
  func run(
    batchRows: Int, huberLength: Double, gradient: UnsafeMutablePointer<Float>, accumulates: Bool
  ) -> Double {
    var loss = 0.0
    run(
      batchRows: batchRows, huberLength: huberLength, shardRows: network.rows, losses: &loss)
    architecture.gradient(network, into: gradient, accumulates: accumulates)
    return loss
  }

  /// Turns some rows' output into the gradient of the loss by the output; returns their weighted loss.
  private func outputError(_ rows: Range<Int>, scale: Float, huberLength: Double) -> Double {
    let (dimension, output) = (encoding.dimension, network.output)
    let (target, weight) = (network.start(of: layout.target), network.start(of: layout.weight))
    var sum = 0.0
    for row in rows {
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
